import { Type } from "@sinclair/typebox";

/** Nothing: which runs are due stands in the tables of targets and selections. */
export const StartRunsPayload = Type.Object({}, { additionalProperties: false });
