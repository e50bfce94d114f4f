// What Step Functions makes of the generated files: asl-validator reads every machine, JSONata evaluates every expression on the
// payloads of the function, and an interpreter runs each task and catches each error.

const assert = require("node:assert");
const { readFileSync, readdirSync, writeFileSync } = require("node:fs");
const { execFileSync } = require("node:child_process");
const { createRequire } = require("node:module");

// The interpreter takes it for granted, and Node.js 20 does not have it.
Promise.withResolvers ??= () => {
  const settled = {};
  settled.promise = new Promise((resolve, reject) => Object.assign(settled, { resolve, reject }));
  return settled;
};

const installed = createRequire(`${process.cwd()}/target/conformance/deploy/step-functions/`);
const validate = installed("asl-validator");
const jsonata = installed("jsonata");
const { StateMachine } = installed("aws-local-stepfunctions");

const GENERATED = "examples/orders/generated";
const STEPS = `${GENERATED}/step-functions`;
const EXAMPLE = "examples/deploy/step-functions";
const LANGUAGES = ["", "jsonata/"];
const SAFE = ["GET", "HEAD", "PUT", "DELETE"];
const UNKNOWN = ["InternalError", "FunctionTimeout", "Sandbox.Timedout", "Runtime.ExitError", "Runtime.OutOfMemory", "Lambda.Unknown", "States.Timeout"];
const LAMBDA = ["Lambda.TooManyRequestsException", "Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException"];

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const contract = read(`${GENERATED}/contract.json`);
const payloads = new Map();
for (const { name, invocation, caught } of read(`${GENERATED}/vectors.json`).cases) {
  if (invocation !== undefined && name.endsWith("invoked directly")) payloads.set(caught.code, invocation);
}
const codesOf = (operation) => contract.sets.find(({ name }) => name === operation.set).errors;
const advice = (code) => contract.errors.find((error) => error.code === code).retry;

/** The generated files, by their names. */
function artefacts() {
  const files = {};
  for (const language of LANGUAGES) {
    files[`${language}errors.json`] = read(`${STEPS}/${language}errors.json`);
    for (const folder of ["tasks", "state-machines"]) {
      for (const name of readdirSync(`${STEPS}/${language}${folder}`)) {
        files[`${language}${folder}/${name}`] = read(`${STEPS}/${language}${folder}/${name}`);
      }
    }
  }
  return files;
}

/** A machine of one task, with a state for each name that it goes to. */
function around(task, language) {
  const states = { Task: task };
  for (const { Next } of task.Catch) states[Next] = { Type: "Succeed" };
  return { ...(language === "" ? {} : { QueryLanguage: "JSONata" }), StartAt: "Task", States: states };
}

/** The machines that were read already: reading one takes long. */
const known = new Set();

function valid(machine, what) {
  const text = JSON.stringify(machine);
  if (known.has(text)) return;
  const { isValid, errors } = validate(machine);
  assert(isValid, `${what} is no state machine: ${JSON.stringify(errors).slice(0, 300)}`);
  known.add(text);
}

/** Evaluates what stands in a text as Step Functions does: `$parse` is its own function. */
async function evaluate(text, bindings) {
  const [, source] = /^\{%([\s\S]*)%\}$/.exec(text) ?? assert.fail(`${text} is no expression`);
  const expression = jsonata(source);
  expression.registerFunction("parse", (json) => JSON.parse(json), "<s:x>");
  const value = await expression.evaluate(undefined, bindings);
  assert(value !== undefined, `${text} comes to nothing`);
  return JSON.parse(JSON.stringify(value));
}

/** The problem of a payload, with what Step Functions says of it. */
function failed(code) {
  const Cause = payloads.get(code) ?? assert.fail(`there is no payload of ${code}`);
  const { errorMessage } = JSON.parse(Cause);
  return { error: { Error: code, Cause }, problem: JSON.parse(errorMessage.slice(`[${code}] `.length)) };
}

/** What a caught error comes to in the machine. */
async function caught(machine, code, cut) {
  const { error, problem } = failed(code);
  if (cut) error.Cause = error.Cause.slice(0, -20);
  const task = machine.States[machine.StartAt];
  const entry = task.Catch.find(({ ErrorEquals }) => ErrorEquals.includes(code));
  const variables = {};
  for (const [name, text] of Object.entries(entry.Assign ?? {})) {
    variables[name] = await evaluate(text, { states: { input: { a: 1 }, errorOutput: error } });
  }
  if (entry.Assign === undefined) assert.equal(entry.ResultPath, "$.error");
  const input = entry.Assign === undefined ? { a: 1, error } : error;
  const output = {};
  for (const [name, text] of Object.entries(machine.States[entry.Next].Output)) {
    output[name] = await evaluate(text, { ...variables, states: { input } });
  }
  assert.deepEqual(output, { error, problem: cut ? null : problem }, code);
  const { Next } = machine.States[entry.Next];
  const end = machine.States[Next];
  assert.equal(end.Type, "Fail");
  const at = (path) => path.split(".").slice(1).reduce((value, name) => value[name], output);
  const said = entry.Assign === undefined
    ? [at(end.ErrorPath), at(end.CausePath)]
    : [await evaluate(end.Error, variables), await evaluate(end.Cause, variables)];
  assert.deepEqual(said, [error.Error, error.Cause]);
}

/** Runs a task of JSONPath; where it ends, what comes out, what the function gets, and how often. */
async function run(task, input, answer) {
  const events = [];
  const states = { ...around(task, "").States };
  for (const { Next } of task.Catch) states[Next] = { Type: "Pass", Result: Next, End: true };
  const machine = new StateMachine({ StartAt: "Task", States: states }, { validationOptions: { noValidate: true } });
  const execution = machine.run(input, {
    overrides: {
      taskResourceLocalHandlers: {
        Task: (event) => {
          events.push(event);
          return answer();
        },
      },
      retryIntervalOverrides: { Task: 1 },
    },
  });
  return { result: await execution.result, events };
}

function thrown(name) {
  return () => {
    throw Object.assign(new Error("x"), { name });
  };
}

/** Everything that has to hold; throws what does not. */
async function check(files) {
  for (const language of LANGUAGES) {
    const lists = files[`${language}errors.json`];
    assert.equal(Object.keys(lists.sets).length, contract.sets.length);
    for (const operation of contract.operations) {
      const [task, machine] = ["tasks", "state-machines"].map((folder) => files[`${language}${folder}/${operation.name}.json`]);
      const what = `${language}${operation.name}`;
      valid(machine, what);
      valid(around(task, language), `the task ${what}`);
      const { Type, Comment, ...inside } = task;
      const { Type: _, ...own } = machine.States[machine.StartAt];
      assert.deepEqual(own, inside, `${what}: the machine has the task`);
      assert.deepEqual({ Retry: task.Retry, Catch: task.Catch }, lists.operations[operation.name], `${what}: the lists are the task's`);
      const codes = codesOf(operation);
      assert.deepEqual(task.Catch.map(({ ErrorEquals }) => ErrorEquals), [...codes, "States.ALL"].map((code) => [code]), what);
      const retried = task.Retry.flatMap(({ ErrorEquals }) => ErrorEquals);
      const isSafe = SAFE.includes(operation.method.toUpperCase());
      const expected = codes.filter((code) => advice(code) === "backoff" || (isSafe && advice(code) === "idempotent"));
      assert.deepEqual(new Set(retried), new Set([...LAMBDA, ...expected, ...(isSafe ? UNKNOWN : [])]), `${what}: what is tried again`);
      for (const entry of task.Retry) assert(entry.JitterStrategy === "FULL" && entry.MaxAttempts === 3 && entry.BackoffRate >= 1, `${what}: how it is tried again`);
      for (const code of codes) await caught(machine, code, false);
      await caught(machine, codes[0], true);
      if (language === "") {
        const answered = await run(task, { order_id: "42" }, () => ({ StatusCode: 200, Payload: { id: "42" } }));
        assert.deepEqual(answered.result, { id: "42" }, `${what}: the output is the operation's`);
        const { FunctionName, Payload } = answered.events[0];
        assert.deepEqual(Payload, { operation: operation.name, input: { order_id: "42" } }, `${what}: the event`);
        assert(FunctionName.startsWith("arn:aws:lambda:"));
        for (const code of [...codes, ...UNKNOWN.filter((error) => error !== "States.Timeout"), LAMBDA[0], "Unheard"]) {
          const { result, events } = await run(task, {}, thrown(code));
          assert.equal(result, codes.includes(code) ? code : task.Catch.at(-1).Next, `${what}: where ${code} leads`);
          assert.equal(events.length, retried.includes(code) ? 4 : 1, `${what}: how often ${code} is tried`);
          runs += 1;
        }
      } else {
        const given = task.Arguments.Payload;
        assert.deepEqual(await evaluate(given.input, { states: { input: { a: 1 } } }), { a: 1 });
        assert.equal(given.operation, operation.name);
        assert.deepEqual(await evaluate(task.Output, { states: { result: { Payload: { id: "42" } } } }), { id: "42" });
      }
    }
  }
}

let runs = 0;

/** Copies that a mistake of ours could make, and what has to find each. */
const BROKEN = {
  "a state that is nowhere": (files) => (files["state-machines/get_order.json"].States["Invoke get_order"].Catch[0].Next = "Nowhere"),
  "an error that nobody catches": (files) => files["tasks/get_order.json"].Catch.shift(),
  "the rest before the others": (files) => files["tasks/get_order.json"].Catch.reverse(),
  "a repeat of what may be done": (files) => files["tasks/place_order.json"].Retry[1].ErrorEquals.push("StoreUnavailable"),
  "no repeat of what was not done": (files) => files["tasks/get_order.json"].Retry.splice(1, 1),
  "a delay that shrinks": (files) => (files["jsonata/tasks/get_order.json"].Retry[0].BackoffRate = 0.5),
  "a tag that is not cut off": (files) => {
    const assign = files["jsonata/state-machines/get_order.json"].States["Invoke get_order"].Catch[0].Assign;
    assign.problem = assign.problem.replace("'] '", "']  '");
  },
  "a member of JSONata in a state of JSONPath": (files) => (files["tasks/health.json"].Arguments = {}),
  "an input that is a text": (files) => {
    const { Payload } = files["tasks/get_order.json"].Parameters;
    Payload.input = Payload["input.$"];
    delete Payload["input.$"];
  },
  "an output with Lambda's own around it": (files) => delete files["tasks/get_order.json"].OutputPath,
  "an expression that is none": (files) => (files["jsonata/tasks/get_order.json"].Output = "{% $states.result. %}"),
  "another operation": (files) => (files["tasks/health.json"].Parameters.Payload.operation = "get_order"),
};

async function main() {
  const files = artefacts();
  await check(files);
  const tried = runs;

  // The machine of somebody else, before and after.
  const merged = execFileSync("jq", ["--slurpfile", "errors", `${STEPS}/errors.json`, "--from-file", `${EXAMPLE}/merge.jq`, `${EXAMPLE}/before.asl.json`]);
  const [before, after] = [read(`${EXAMPLE}/before.asl.json`), JSON.parse(merged)];
  assert.deepEqual(after, read(`${EXAMPLE}/after.asl.json`), `${EXAMPLE}/after.asl.json is not what merge.jq makes`);
  valid(before, "before.asl.json");
  valid(after, "after.asl.json");
  for (const machine of [before, after]) {
    const state = machine.States["Read the order"];
    delete state.Retry;
    delete state.Catch;
  }
  assert.deepEqual(after, before, "everything else of the machine stays");

  const missed = [];
  for (const [what, breaks] of Object.entries(BROKEN)) {
    const copy = structuredClone(files);
    // A mistake of ours would be in all of them, or it would be found by that alone.
    breaks(copy);
    for (const language of LANGUAGES) {
      for (const { name } of contract.operations) {
        const [task, machine] = [copy[`${language}tasks/${name}.json`], copy[`${language}state-machines/${name}.json`]];
        const own = machine.States[machine.StartAt];
        const changed = JSON.stringify(task) === JSON.stringify(files[`${language}tasks/${name}.json`]) ? own : task;
        const { Comment } = task;
        machine.States[machine.StartAt] = (({ Comment: _, ...rest }) => rest)(changed);
        copy[`${language}tasks/${name}.json`] = { ...changed, Comment };
        copy[`${language}errors.json`].operations[name] = { Retry: changed.Retry, Catch: changed.Catch };
      }
    }
    const found = await check(copy).then(() => undefined, (error) => error);
    if (found === undefined) missed.push(what);
    else if (process.env.VERBOSE) console.error(`${what}: ${String(found.message).split("\n")[0].slice(0, 160)}`);
  }
  if (missed.length > 0) {
    console.error(`not found: ${missed.join("; ")}`);
    process.exit(1);
  }
  const machines = Object.keys(files).filter((name) => name.includes("state-machines/")).length;
  console.log(
    `step-functions: ${machines} machines and as many tasks by asl-validator: 0 wrong; ${payloads.size} payloads by JSONata; ` +
      `${tried} failures run, each caught where it should be; ${Object.keys(BROKEN).length} broken copies, each found`,
  );
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
