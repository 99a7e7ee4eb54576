import { Type } from "@sinclair/typebox";
import { BlobHash } from "../../contract/blobs.ts";
import type { RouteDeps } from "../app-deps.ts";

export const BlobParam = Type.Object({ sha256: BlobHash });

export const PartParams = Type.Object({ sha256: BlobHash, offset: Type.String({ pattern: "^\\d{1,9}$" }) });

/** Bringing a large file into a store far away takes longer than any other answer. */
export const storingSeconds = 240;

export function blobDeps(deps: RouteDeps) {
	return { ...deps, quotaBytes: deps.env.blobs.quotaBytes };
}
