import { Type } from "@sinclair/typebox";

/** Nothing: which runs are due stands in the table of targets. */
export const StartRunsPayload = Type.Object({}, { additionalProperties: false });
