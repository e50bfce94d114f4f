# Brings the errors of an operation into a state that invokes it: `Retry` and `Catch` are the generated ones, and each error leads to a
# state of the machine's own where `known` names one, else to `otherwise`.
#
#   jq --slurpfile errors errors.json --from-file merge.jq before.asl.json
def known: { "OrderNotFound": "No such order", "OrderArchived": "No such order" };
def otherwise: "Give up";

.States["Read the order"] += ($errors[0].operations.get_order | .Catch[] |= (.Next = (known[.ErrorEquals[0]] // otherwise)))
