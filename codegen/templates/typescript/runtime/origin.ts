// Who answered: the function, what stands before it, or a stranger.

import { all, ascii, decoded, header, trim } from "./answer.js";
import type { GatewayKind, RawResponse } from "./failure.js";
import { kindOfCode } from "./gateway.js";
import { member, parse } from "./json.js";

/** The form of a code. */
const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

/** Who answered, and the code that says so. */
export type Origin =
  | { readonly by: "function"; readonly code: string }
  | {
      readonly by: "gateway";
      readonly kind: GatewayKind | undefined;
      readonly types: string;
    }
  | { readonly by: "stranger"; readonly code: string | undefined };

/**
 * Decides who answered. A body proves nothing by itself unless it is trusted.
 */
export function origin(trusted: boolean, response: RawResponse): Origin {
  const given = header(response, "x-error-code");
  const named = given === undefined ? given : trim(given.split(",")[0] ?? "");
  if (named !== undefined && CODE.test(named)) {
    return { by: "function", code: named };
  }
  const errorTypes = all(response, "x-amzn-errortype");
  const types = errorTypes.join(", ");
  const kind = named === undefined ? undefined : kindOfCode(named);
  if (kind !== undefined) return { by: "gateway", kind, types };
  const code = peekCode(response.body);
  const marked = trusted || isProblem(response);
  if (code !== undefined && CODE.test(code)) {
    if (marked || errorTypes.some((types) => names(types, code))) {
      return { by: "function", code };
    }
    return errorTypes.length === 0
      ? { by: "stranger", code }
      : { by: "gateway", kind: undefined, types };
  }
  if (code !== undefined && (marked || errorTypes.length > 0)) {
    return { by: "gateway", kind: kindOfCode(code), types };
  }
  return errorTypes.length === 0
    ? { by: "stranger", code: undefined }
    : { by: "gateway", kind: undefined, types };
}

function isProblem(response: RawResponse): boolean {
  const values = response.headers.filter(([name]) => name === "content-type");
  return (
    values.length > 0 &&
    values.every(([, value]) => {
      if (!/^[\t -~]*$/.test(value)) return false;
      // A comma in a parameter's quotes joins no values.
      const parts = value.replace(/"[^"]*"?/g, '""').split(",");
      return parts.every(
        (part) =>
          trim(part.split(";")[0] ?? "").toLowerCase() ===
          "application/problem+json",
      );
    })
  );
}

function names(types: string, code: string): boolean {
  const wanted = code.toLowerCase();
  return types.split(",").some((value) =>
    trim(value.split(":")[0] ?? "")
      .split("#")
      .some((part) => part.toLowerCase() === wanted),
  );
}

/** The code that a body names. */
function peekCode(body: Uint8Array): string | undefined {
  const plain = /^\{"code":"([A-Za-z0-9_-]*)"/.exec(ascii(body, 80))?.[1];
  if (plain !== undefined && CODE.test(plain)) return plain;
  const said = decoded(body);
  const code = member(said === undefined ? said : parse(said), "code");
  if (typeof code !== "string") return undefined;
  return CODE.test(code) || kindOfCode(code) !== undefined ? code : undefined;
}
