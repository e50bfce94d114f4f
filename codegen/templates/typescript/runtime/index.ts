// What the generated modules take from here.

export * from "./answer.js";
export * from "./api.js";
export * from "./brand.js";
export * from "./decode.js";
export * from "./failure.js";
export type { Signal } from "./host.js";
export * from "./invocation.js";
export * from "./invoke.js";
export * from "./json.js";
export * from "./members.js";
export * from "./options.js";
export * from "./request.js";
export * from "./safe.js";
export * from "./schema.js";
export * from "./travel.js";
export * from "./types.js";
