/** The members that every error has (RFC 9457), read in one pass with its own. */
import type { About, Members, Retry } from "./caught.ts";
import { Reader, Unfit } from "./json.ts";
import { read } from "./schema.ts";

/** What a body says. */
export interface Problem {
  status?: number;
  title?: string | undefined;
  detail?: string | undefined;
  type?: string | undefined;
  instance?: string | undefined;
  retryable?: string | undefined;
  retryAfter?: number | undefined;
  truncated?: boolean;
}

/** The members of a body that are not the problem's, as much of the problem as can be read, and what is wrong with the whole. */
export interface Split {
  readonly problem: Problem;
  readonly members: Members;
  readonly wrong: string | undefined;
}

/** Takes a body apart. Without one, as in the answer to a HEAD, the code alone says what there is to say. */
export function split(text: string | undefined): Split {
  const problem: Problem = {};
  const members: [string, string][] = [];
  if (text === undefined) return { problem, members, wrong: "the body is no UTF-8" };
  const reader = new Reader(text === "" ? "{}" : text);
  try {
    reader.members(0, (name) => {
      const raw = reader.raw();
      if (!keep(problem, name, raw)) members.push([name, raw]);
    });
    reader.end();
  } catch (error) {
    if (error instanceof Unfit) return { problem, members, wrong: error.message };
    throw error;
  }
  return { problem, members, wrong: undefined };
}

/** Keeps a member of the problem's. One that has a wrong type is ignored (RFC 9457 section 3.1). */
function keep(problem: Problem, name: string, raw: string): boolean {
  switch (name) {
    case "code":
      return true;
    case "title":
    case "detail":
    case "type":
    case "instance":
    case "retryable":
      problem[name] = fitting<string>(["option", "string"], raw);
      return true;
    case "retryAfter": {
      const seconds = fitting<bigint>(["option", "u64"], raw);
      problem.retryAfter = seconds === undefined ? undefined : Number(seconds);
      return true;
    }
    case "status":
      problem.status = fitting<number>("u16", raw) ?? problem.status ?? 0;
      return true;
    case "truncated":
      problem.truncated = fitting<boolean>("bool", raw) ?? false;
      return true;
    default:
      return false;
  }
}

function fitting<T>(schema: Parameters<typeof read>[0], raw: string): T | undefined {
  try {
    return read(schema, raw) as T | undefined;
  } catch (error) {
    if (error instanceof Unfit) return undefined;
    throw error;
  }
}

/** The problem as an error has it. */
export function aboutOf(problem: Problem, status: number, retry: Retry): About {
  const { title, detail, type, instance, retryAfter } = problem;
  return { status, title, detail: detail ?? title, type, instance, requestId: instance, retry: retryOf(problem, retry), retryAfter };
}

/** What the problem says of a repeat, else what is known without it. */
export function retryOf(problem: Problem, known: Retry): Retry {
  const { retryable } = problem;
  return retryable === "never" || retryable === "backoff" || retryable === "idempotent" ? retryable : known;
}

/** The status that a problem names; one that no error can have is replaced. */
export function statusOf(problem: Problem, known: number): number {
  const { status = known } = problem;
  return status >= 400 && status <= 599 ? status : known;
}
