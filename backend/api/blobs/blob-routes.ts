import type { RouteModule } from "../app-deps.ts";
import { deletePresence } from "./delete-presence.ts";
import { getBlob } from "./get-blob.ts";
import { postBlob } from "./post-blob.ts";
import { postLookup } from "./post-lookup.ts";
import { putPart } from "./put-part.ts";

/** Every route about pictures and files, for `routes.ts`. */
export const blobRoutes: readonly RouteModule[] = [postBlob, putPart, getBlob, postLookup, deletePresence];
