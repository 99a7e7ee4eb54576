import { Value } from "@sinclair/typebox/value";
import { Uuid } from "../contract/ids.ts";

/** A watch across tenants. */
export type WatchPlace = { workspaceId: string; id: string };

/** The address that a watch's notices go to: it names the tenant, because nobody signs in there, and opens nothing by itself. */
export function noticeUrlOf(noticesUrl: string, { workspaceId, id }: WatchPlace): string {
	return `${noticesUrl}/${workspaceId}.${id}`;
}

/** The last part of such an address; null when it is none. */
export function watchOf(address: string): WatchPlace | null {
	const [workspaceId = "", id = "", ...more] = address.split(".");
	return more.length === 0 && Value.Check(Uuid, workspaceId) && Value.Check(Uuid, id) ? { workspaceId, id } : null;
}
