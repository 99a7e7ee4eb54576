import { Type } from "@sinclair/typebox";
import { Uuid } from "../contract/ids.ts";

/** The `{id}` of a resource's address. */
export const IdParam = Type.Object({ id: Uuid });
