#
# Brings a REST API to what the documents beside this script say, over the AWS CLI, version 1 or 2. `apply.sh --help` says
# how. What there is, is compared with the documents by the AWS CLI itself: a JMESPath expression holds the document.
# shellcheck disable=SC2086,SC2016 # Lists of plain words are split on purpose, and backticks are JMESPath's.

usage() {
    cat <<END
Usage: $me API [OPTION VALUE]...
       $me API --set SET --method "VERB /path" [--replace] [OPTION VALUE]...

Brings the REST API to what the documents beside this script say. Without --yes nothing is changed: each call
that would be made is said. What is as it should be is left alone, so running it again is safe.

  API                       the API's id, or its name
  --yes                     make the calls
  --function ARN            the function behind the methods; needed where throwback.toml has no \`function\`
  --authorization TYPE      who may call the methods of which throwback.toml does not say it: NONE, AWS_IAM,
                            CUSTOM:ID or COGNITO_USER_POOLS:ID, with the authorizer's id
  --authorizer NAME=ARN     the function of an authorizer that has none in throwback.toml
  --permission              let the API call the function
  --stage NAME              deploy to this stage at the end
  --set SET                 only the errors of this set, on a method that is there: its integration, its
  --method "VERB /path"     authorization and its success stay as they are
  --replace                 with --set: remove the method's other error responses
  --profile, --region, --endpoint-url
                            as the AWS CLI takes them

Examples:
  $me a1b2c3d4e5                          say what would change
  $me a1b2c3d4e5 --yes --stage prod       change it, and deploy
  $me a1b2c3d4e5 --set GetOrderError --method "GET /orders/{id}" --yes

Ends with 0 when all is as it should be, 1 when a call failed, 2 when nothing could be begun, and 3 when,
without --yes, there is something to change.
END
}

# Says a mistake. All of them are said before the script ends.
wrong() {
    printf '%s: %s\n' "$me" "$1" >&2
    mistakes=$((mistakes + 1))
}

settle() {
    [ "$mistakes" -eq 0 ] || exit 2
}

call() {
    aws ${profile:+--profile "$profile"} ${region:+--region "$region"} ${endpoint:+--endpoint-url "$endpoint"} "$@" </dev/null
}

stop() {
    printf '%s: stopped after %s changes; run it again when this is mended, and it goes on from there\n' "$me" "$changes" >&2
    exit 1
}

# Says a call and why; with --yes it makes it, and leaves what it said in $answer.
change() {
    changes=$((changes + 1))
    printf '%s\n' "$1"
    shift
    printf '    aws'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./:=@+-]*) printf " '%s'" "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    answer=new
    [ -z "$yes" ] || answer=$(call "$@" --output text) || stop
}

# A list that the AWS CLI writes as JSON, a line for each text in it.
lines() {
    call "$@" --output json | sed -n 's/^ *"\(.*\)",\{0,1\}$/\1/p'
}

# The names of a kind in the list at the end of this script.
named() {
    sed -n "s/^$1 \([^ ]*\).*/\1/p" "$work/list" | tr '\n' ' '
}

# A document as JMESPath takes it.
literal() {
    printf '`%s`' "$(sed 's/`/\\u0060/g' "$1")"
}

# Asks whether an expression holds; many are answered by one call of $reading, in $answers, in their order.
ask() {
    checks="$checks${checks:+, }$1"
    [ "${#checks}" -lt 20000 ] || read_answers
}

read_answers() {
    [ -n "$checks" ] || return 0
    answered=$(call $reading --output json --query "[$checks]") || stop
    for word in $(printf '%s' "$answered" | tr -d '[],'); do
        answers="$answers$word "
    done
    checks=
}

# What is there at a path: its id in $id, its methods in $verbs.
find_resource() {
    while read -r at id verbs; do
        [ "$at" != "$1" ] || return 0
    done <"$work/resources"
    id=
    verbs=
}

make_resource() {
    find_resource /
    parent=$id
    below=${1#/}
    at_path=
    while [ -n "$below" ]; do
        part=${below%%/*}
        below=${below#"$part"}
        below=${below#/}
        at_path=$at_path/$part
        find_resource "$at_path"
        if [ -z "$id" ]; then
            change "$at_path is made" apigateway create-resource --rest-api-id "$api" --parent-id "$parent" --path-part "$part" \
                --query id
            id=$answer
            printf '%s %s =\n' "$at_path" "$id" >>"$work/resources"
        fi
        parent=$id
    done
}

# The id of an authorizer, by its name.
find_authorizer() {
    while read -r id name; do
        [ "$name" != "$1" ] || return 0
    done <"$work/authorizers"
    id=
}

contains() {
    case " $1 " in
    *" $2 "*) return 0 ;;
    *) return 1 ;;
    esac
}

apply_models() {
    names=$(named model)
    there=$(lines apigateway get-models --rest-api-id "$api" --query 'items[].name') || stop
    there=$(printf '%s' "$there" | tr '\n' ' ')
    reading="apigateway get-models --rest-api-id $api"
    answers=
    for model in $names; do
        ask "(items[?name=='$model'].schema | [0]) == $(literal "models/$model.model.json").schema"
    done
    read_answers
    set -- $answers
    for model in $names; do
        document=models/$model.model.json
        if ! contains "$there" "$model"; then
            change "the model $model is made" apigateway create-model --rest-api-id "$api" --cli-input-json "file://$document"
        elif [ "$1" != true ]; then
            patch="$(literal "$document") | [{op: 'replace', path: '/schema', value: schema}]"
            call $reading --output json --query "$patch" >"$work/$model.json" || stop
            change "the model $model is changed" apigateway update-model --rest-api-id "$api" --model-name "$model" \
                --patch-operations "file://$work/$model.json"
        fi
        shift
    done
}

# The address by which API Gateway calls a function.
address() {
    rest=${1#*:}
    partition=${rest%%:*}
    rest=${rest#*:*:}
    printf 'arn:%s:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations' "$partition" "${rest%%:*}" "$1"
}

# An authorizer's document, with the address of its function where that is given.
authorizer_document() {
    given=$(printf '%s' "$authorizer_functions" | sed -n "s/^$1=//p")
    uri=
    wanted=$(literal "authorizers/$1.authorizer.json")
    if [ -n "$given" ]; then
        uri=$(address "$given")
        wanted="merge($wanted, \`{\"authorizerUri\":\"$uri\"}\`)"
    fi
}

apply_authorizers() {
    reading="apigateway get-authorizers --rest-api-id $api"
    for authorizer in $(named authorizer); do
        authorizer_document "$authorizer"
        find_authorizer "$authorizer"
        if [ -z "$id" ]; then
            change "the authorizer $authorizer is made" apigateway create-authorizer --rest-api-id "$api" \
                --cli-input-json "file://authorizers/$authorizer.authorizer.json" ${uri:+--authorizer-uri "$uri"} --query id
            printf '%s %s\n' "$answer" "$authorizer" >>"$work/authorizers"
            continue
        fi
        # What the document does not say is left as it is, and user pools stand in any order.
        found="(items[?id=='$id'] | [0])"
        members='authorizerUri authorizerCredentials identitySource identityValidationExpression authorizerResultTtlInSeconds'
        patch=
        answers=
        for member in $members; do
            ask "$wanted.$member == \`null\` || $found.$member == $wanted.$member"
            patch="$patch{op: 'replace', path: '/$member', value: to_string($wanted.$member)}, "
        done
        ask "sort($found.providerARNs || \`[]\`) == sort($wanted.providerARNs || \`[]\`)"
        read_answers
        if contains "$answers" false; then
            pools=$(call $reading --output json --query "$found.providerARNs || \`[]\`") || stop
            added="($wanted.providerARNs || \`[]\`)[?!contains(\`$pools\`, @)].{op: 'add', path: '/providerARNs', value: @}"
            removed="\`$pools\`[?!contains($wanted.providerARNs || \`[]\`, @)].{op: 'remove', path: '/providerARNs', value: @}"
            call $reading --output json --query "[$patch$added, $removed][] | [?value != 'null']" >"$work/patch.json" || stop
            change "the authorizer $authorizer is changed" apigateway update-authorizer --rest-api-id "$api" \
                --authorizer-id "$id" --patch-operations "file://$work/patch.json"
        fi
    done
}

# The responses of a method, with the documents in a folder: their statuses follow. What is there is known from
# $method_responses and $integration_responses, and from $answers what of it is as it should be. A pattern that goes, goes
# first, so that no message has two meanings in between; and no method response goes before what refers to it.
apply_responses() {
    of="--rest-api-id $api --resource-id $resource --http-method $verb"
    folder=$1
    shift
    for status in $stale_integration; do
        change "$route no longer answers $status" apigateway delete-integration-response $of --status-code "$status"
    done
    for status in $stale_method; do
        change "$route no longer declares $status" apigateway delete-method-response $of --status-code "$status"
    done
    answers_left=$answers
    again=
    for status in "$@"; do
        next_answer
        [ "$next" != true ] || continue
        again="$again $status"
        if contains "$method_responses" "$status"; then
            if contains "$integration_responses" "$status" && [ -z "$new_integration" ]; then
                change "$route answers $status anew" apigateway delete-integration-response $of --status-code "$status"
            fi
            change "$route declares $status anew" apigateway delete-method-response $of --status-code "$status"
        fi
        change "$route declares $status" apigateway put-method-response $of \
            --cli-input-json "file://$folder/$status.method-response.json"
    done
    if [ -n "$new_integration" ]; then
        change "$route has its integration" apigateway put-integration $of \
            --cli-input-json "file://$folder/$verb.integration.json" ${uri:+--uri "$uri"}
    fi
    for status in "$@"; do
        next_answer
        if [ "$next" != true ] || [ -n "$new_integration" ] || contains "$again" "$status"; then
            change "$route answers $status" apigateway put-integration-response $of \
                --cli-input-json "file://$folder/$status.integration-response.json"
        fi
    done
}

next_answer() {
    next=${answers_left%% *}
    case $answers_left in
    *' '*) answers_left=${answers_left#* } ;;
    *) answers_left= ;;
    esac
}

# Asks of each response of a method whether it is as its documents say.
ask_responses() {
    folder=$1
    shift
    members='responseParameters || `{}`, responseModels || `{}`'
    for status in "$@"; do
        document=$(literal "$folder/$status.method-response.json")
        ask "methodResponses.\"$status\".[$members] == $document.[$members]"
    done
    members="selectionPattern || '', responseParameters || \`{}\`, responseTemplates || \`{}\`"
    for status in "$@"; do
        document=$(literal "$folder/$status.integration-response.json")
        ask "methodIntegration.integrationResponses.\"$status\".[$members] == $document.[$members]"
    done
}

# What responses a method has: in $method_responses and $integration_responses.
read_statuses() {
    statuses=$(lines $reading --query "[
        join(' ', ['-', join(' ', keys(methodResponses || \`{}\`))]),
        join(' ', ['-', join(' ', keys(methodIntegration.integrationResponses || \`{}\`))])]") || stop
    method_responses=$(printf '%s' "$statuses" | sed -n 1p)
    integration_responses=$(printf '%s' "$statuses" | sed -n 2p)
}

# The words of a list that another one lacks.
without() {
    for word in $1; do
        contains "- $2" "$word" || printf '%s ' "$word"
    done
}

# Method, path, folder of its documents, what answers it, whether its document says who may call, the authorizer; and, in
# $of_method, the statuses.
apply_method() {
    verb=$1 path=$2 folder=$3 backend=$4 said=$5 authorizer=${6-}
    route="$verb $path"
    make_resource "$path"
    find_resource "$path"
    resource=$id
    set --
    if [ "$said" = no ]; then
        set -- --authorization-type "${authorization%%:*}"
        case $authorization in *:*) set -- "$@" --authorizer-id "${authorization#*:}" ;; esac
    elif [ -n "$authorizer" ]; then
        find_authorizer "$authorizer"
        set -- --authorizer-id "$id"
    fi
    uri=
    [ "$backend" = mock ] || [ -z "$function" ] || uri=$(address "$function")
    answers=
    method_responses=
    integration_responses=
    stale_method=
    stale_integration=
    new_integration=yes
    is_new=yes
    if contains "$verbs" "$verb"; then
        reading="apigateway get-method --rest-api-id $api --resource-id $resource --http-method $verb"
        read_statuses
        ask_method "$@"
        ask_responses "$folder" $of_method
        read_answers
        answers_left=$answers
        next_answer
        is_new=
        if [ "$next" != true ]; then
            change "$route differs, and is made anew" apigateway delete-method --rest-api-id "$api" --resource-id "$resource" \
                --http-method "$verb"
            is_new=yes
            method_responses=
            integration_responses=
            answers=
        else
            next_answer
            [ "$next" != true ] || new_integration=
            answers=$answers_left
            stale_integration=$(without "${integration_responses#-}" "$of_method")
            stale_method=$(without "${method_responses#-}" "$of_method")
        fi
    fi
    if [ -n "$is_new" ]; then
        change "$route is made" apigateway put-method --rest-api-id "$api" --resource-id "$resource" \
            --cli-input-json "file://$folder/$verb.method.json" "$@"
    fi
    apply_responses "$folder" $of_method
}

# Asks whether a method is as it should be, and its integration; what its documents do not say is given.
ask_method() {
    document=$(literal "$folder/$verb.method.json")
    members='authorizationScopes || `[]`, apiKeyRequired || `false`, operationName, requestParameters || `{}`'
    check="[$members] == $document.[$members]"
    if [ "${1-}" = --authorization-type ]; then
        check="$check && authorizationType == '$2'"
        shift 2
    else
        check="$check && authorizationType == $document.authorizationType"
    fi
    [ $# -eq 0 ] || check="$check && authorizerId == '$2'"
    ask "$check"
    document=$(literal "$folder/$verb.integration.json")
    check="methodIntegration.[type, passthroughBehavior, requestTemplates || \`{}\`]"
    check="$check == $document.[type, passthroughBehavior, requestTemplates || \`{}\`]"
    if [ "$backend" != mock ]; then
        check="$check && methodIntegration.httpMethod == $document.integrationHttpMethod"
        if [ -n "$uri" ]; then
            check="$check && methodIntegration.uri == '$uri'"
        else
            check="$check && methodIntegration.uri == $document.uri"
        fi
    fi
    ask "$check"
}

apply_gateway_responses() {
    reading="apigateway get-gateway-responses --rest-api-id $api"
    types=$(named gateway-response)
    members='statusCode, responseParameters || `{}`, responseTemplates || `{}`'
    answers=
    for kind in $types; do
        document=$(literal "gateway-responses/$kind.gateway-response.json")
        ask "(items[?responseType=='$kind'] | [0]).[$members] == $document.[$members]"
    done
    read_answers
    answers_left=$answers
    for kind in $types; do
        next_answer
        [ "$next" = true ] || change "the gateway response $kind is put" apigateway put-gateway-response --rest-api-id "$api" \
            --cli-input-json "file://gateway-responses/$kind.gateway-response.json"
    done
}

# The errors of one set, on a method that is somebody else's.
apply_set() {
    verb=${method%% *}
    path=${method#* }
    route=$method
    uri=
    new_integration=
    find_resource "$path"
    resource=$id
    reading="apigateway get-method --rest-api-id $api --resource-id $resource --http-method $verb"
    read_statuses
    others=$(lines $reading --query \
        "values(methodIntegration.integrationResponses || \`{}\`)[?selectionPattern].statusCode") || stop
    others=$(without "$others" "$of_set")
    default=$(lines $reading --query \
        "values(methodIntegration.integrationResponses || \`{}\`)[?!selectionPattern].statusCode") || stop
    for status in $default; do
        ! contains "$of_set" "$status" ||
            wrong "the success of $route has the status $status, which errors of $set have: give it another one first"
    done
    settle
    stale_integration=
    stale_method=
    if [ -n "$replace" ]; then
        stale_integration=$others
        for status in $others; do
            ! contains "$method_responses" "$status" || stale_method="$stale_method $status"
        done
    elif [ -n "$others" ]; then
        printf '%s keeps its other errors, %s: their patterns may take messages of this set; --replace removes them\n' \
            "$route" "${others% }"
    fi
    answers=
    ask_responses "sets/$set" $of_set
    read_answers
    apply_responses "sets/$set" $of_set
}

# Lets the API call the function, unless it may already.
apply_permission() {
    statement=throwback-$api
    policy=$(call lambda get-policy --function-name "$allowed" --query Policy --output text 2>/dev/null) || policy=
    case $policy in *"\"$statement\""*) return 0 ;; esac
    account=$(call sts get-caller-identity --query Account --output text) || stop
    where=${allowed#*:}
    partition=${where%%:*}
    where=${where#*:*:}
    change "the API may call the function" lambda add-permission --function-name "$allowed" --statement-id "$statement" \
        --action lambda:InvokeFunction --principal apigateway.amazonaws.com \
        --source-arn "arn:$partition:execute-api:${where%%:*}:$account:$api/*/*/*"
}

check_function() {
    case $2 in
    *[!A-Za-z0-9:_./\$\{\}*@+=#,-]* | arn:aws*:lambda::*) ;;
    arn:aws*:lambda:*:*:function:?*) return 0 ;;
    esac
    wrong "$1 $2 is no function's ARN: write one as in arn:aws:lambda:eu-west-1:123456789012:function:orders"
}

# What can be known to be wrong without asking anybody.
check_arguments() {
    [ -n "$api" ] || wrong "name the API, by its id or its name; --help says more"
    known=$(named set)
    if [ -n "$set" ]; then
        contains "$known" "$set" || wrong "there is no set $set here; there is ${known:-none}"
        case $method in
        [A-Z]*' /'*) ;;
        *) wrong '--set needs --method, as in --method "GET /orders/{id}"' ;;
        esac
    else
        [ -z "$method$replace" ] || wrong "--method and --replace are for --set"
        grep -q '^method ' "$work/list" || wrong "no operation is here; --set takes one of $known"
        if grep -q '^method [^ ]* [^ ]* [^ ]* function-to-name' "$work/list" && [ -z "$function" ]; then
            wrong "say --function ARN: throwback.toml has no function"
        fi
        if grep -q '^method [^ ]* [^ ]* [^ ]* [^ ]* no' "$work/list" && [ -z "$authorization" ]; then
            wrong "say --authorization TYPE: throwback.toml does not say who may call every method"
        fi
        for name in $(named authorizer); do
            if grep -q "^authorizer $name function-to-name" "$work/list" &&
                ! printf '%s' "$authorizer_functions" | grep -q "^$name="; then
                wrong "say --authorizer $name=ARN: throwback.toml has no ARN of its function"
            fi
        done
    fi
    case $authorization in
    '' | NONE | AWS_IAM | CUSTOM:?* | COGNITO_USER_POOLS:?*) ;;
    *) wrong "--authorization $authorization is none of NONE, AWS_IAM, CUSTOM:ID and COGNITO_USER_POOLS:ID" ;;
    esac
    case $api$authorization$method in
    *[\'\`\\\"]*) wrong "quotes and backslashes can't be in an API's name, a method or an authorization" ;;
    esac
    [ -z "$function" ] || check_function --function "$function"
    printf '%s' "$authorizer_functions" >"$work/given"
    while IFS='=' read -r name given; do
        grep -q "^authorizer $name " "$work/list" || wrong "--authorizer $name: there is no such authorizer"
        check_function "--authorizer $name" "$given"
    done <"$work/given"
    allowed=${function:-$(sed -n 's/^function //p' "$work/list")}
    case $permission$allowed in
    yes | yes*\$*) wrong "--permission needs --function with the function's whole ARN" ;;
    esac
    command -v aws >/dev/null || wrong "aws is missing: install the AWS CLI, version 1 or 2"
    settle
}

# What API Gateway has of the API, and whether it can be worked with.
read_api() {
    ids=$(lines apigateway get-rest-apis --query "items[?id=='$api' || name=='$api'].id") || settle_read
    case $(printf '%s\n' "$ids" | grep -c .) in
    0) wrong "there is no API $api; \`aws apigateway get-rest-apis\` lists those that are there" ;;
    1) api=$ids ;;
    *) wrong "several APIs have the name $api; name one by its id: $(printf '%s' "$ids" | tr '\n' ' ')" ;;
    esac
    settle
    lines apigateway get-resources --rest-api-id "$api" \
        --query "items[].join(' ', [path, id, join(' ', keys(resourceMethods || \`{}\`))])" >"$work/resources" || settle_read
    lines apigateway get-authorizers --rest-api-id "$api" --query "items[].join(' ', [id, name])" >"$work/authorizers" ||
        settle_read
    [ -z "$permission" ] || call lambda get-function-configuration --function-name "$allowed" >/dev/null || settle_read
    if [ -n "$set" ]; then
        find_resource "${method#* }"
        if contains "$verbs" "${method%% *}"; then
            kind=$(call apigateway get-method --rest-api-id "$api" --resource-id "$id" --http-method "${method%% *}" \
                --query methodIntegration.type --output text) || settle_read
            [ "$kind" = AWS ] ||
                wrong "the integration of $method has the type $kind; messages select responses where it is AWS"
        else
            wrong "the API has no method $method; --set brings errors to one that is there"
        fi
    else
        check_parameters
    fi
    settle
}

# API Gateway takes one name for the parameter at a place.
check_parameters() {
    awk '
        NR == FNR {
            if (match($1, "/[{][^/]*$")) there[substr($1, 1, RSTART - 1)] = substr($1, RSTART + 1)
            next
        }
        {
            count = split($3, parts, "/")
            above = ""
            for (i = 2; i <= count; i++) {
                if (parts[i] ~ /^[{]/ && above in there && there[above] != parts[i])
                    print $3 ": the API has " above "/" there[above] ", and can have no " parts[i] " beside it"
                above = above "/" parts[i]
            }
        }' "$work/resources" "$work/methods" >"$work/clashes"
    while read -r clash; do
        wrong "$clash"
    done <"$work/clashes"
}

settle_read() {
    wrong "nothing was changed"
    settle
}

apply() {
    [ -n "$set" ] || apply_authorizers
    apply_models
    if [ -n "$set" ]; then
        of_set=$(sed -n "s/^set $set //p" "$work/list")
        apply_set
    else
        while read -r line; do
            of_method=${line#* : }
            line=${line%% : *}
            apply_method ${line#* }
        done <"$work/methods"
        apply_gateway_responses
    fi
    [ -z "$permission" ] || apply_permission
    if [ -n "$stage" ]; then
        change "the stage $stage is deployed" apigateway create-deployment --rest-api-id "$api" --stage-name "$stage"
    fi
}

report() {
    if [ "$changes" -eq 0 ]; then
        echo "nothing to change"
    elif [ -z "$yes" ]; then
        echo "$changes changes to make; nothing is changed without --yes"
        exit 3
    elif [ -z "$stage" ]; then
        echo "$changes changes made; callers see them once a stage is deployed, as --stage does"
    else
        echo "$changes changes made"
    fi
}

main() {
    me=${0##*/}
    api='' yes='' function='' authorization='' authorizer_functions='' permission='' stage='' set='' method='' replace=''
    profile='' region='' endpoint='' mistakes=0 changes=0 checks=''
    while [ $# -gt 0 ]; do
        option=$1
        shift
        case $option in
        --help | -h)
            usage
            exit 0
            ;;
        --yes) yes=yes ;;
        --permission) permission=yes ;;
        --replace) replace=yes ;;
        --function | --authorization | --authorizer | --stage | --set | --method | --profile | --region | --endpoint-url)
            if [ $# -eq 0 ] || [ -z "$1" ]; then
                wrong "$option needs a value"
                continue
            fi
            case $option in
            --function) function=$1 ;;
            --authorization) authorization=$1 ;;
            --authorizer) authorizer_functions="$authorizer_functions$1
" ;;
            --stage) stage=$1 ;;
            --set) set=$1 ;;
            --method) method=$1 ;;
            --profile) profile=$1 ;;
            --region) region=$1 ;;
            --endpoint-url) endpoint=$1 ;;
            esac
            shift
            ;;
        -*) wrong "there is no option $option; --help lists them" ;;
        *)
            [ -z "$api" ] || wrong "one API is named, not also $option"
            api=$option
            ;;
        esac
    done
    cd "$(dirname "$0")" || exit 2
    # Version 2 shows each answer in a pager; API Gateway takes few calls in a second.
    export AWS_PAGER='' AWS_RETRY_MODE="${AWS_RETRY_MODE:-standard}" AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-10}"
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    contents >"$work/list"
    sed -n '/^method /p' "$work/list" >"$work/methods"
    check_arguments
    read_api
    apply
    report
}
