import { storage } from "wxt/utils/storage";

/** How far this browser has been told of changes, in the place it was told last: person and workspace. Of another place it says nothing. */
export const liveCursor = storage.defineItem<{ place: string; cursor: string } | null>("local:liveCursor", {
	fallback: null,
	version: 1,
});
