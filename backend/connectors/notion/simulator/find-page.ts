import type { Call } from "./call.ts";
import { notFound } from "./replies.ts";
import type { Page, World } from "./state.ts";

/** A page that was shared with the caller; ids are taken with and without dashes. */
export function pageOf(call: Call, id: string | undefined): Page {
	const page = findPage(call.world, id ?? "");
	const source = call.world.dataSources.find((candidate) => candidate.id === page?.dataSourceId);
	return page !== null && source !== undefined && call.sees(source) ? page : notFound("page", id ?? "");
}

function findPage(world: World, id: string): Page | null {
	const dashed = id.replaceAll("-", "").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
	return world.pages.get(dashed.toLowerCase()) ?? null;
}
