// What the generated modules take from here.

export * from "./call.js";
export * from "./decode.js";
export * from "./failure.js";
export * from "./json.js";
export * from "./schema.js";
