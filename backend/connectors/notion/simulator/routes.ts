import { appendChildren, deleteBlock, listChildren } from "./blocks.ts";
import type { Call } from "./call.ts";
import { createPage, getPage, getProperty, updatePage } from "./pages.ts";
import { queryDataSource } from "./query.ts";
import { failure, Refusal, type Reply } from "./replies.ts";
import { getDatabase, getDataSource, me, search, updateDataSource } from "./schema.ts";
import { createUpload, getUpload, sendUpload } from "./uploads.ts";

type Handler = (call: Call) => Reply;

/** Every endpoint that is understood; `*` stands for an id. */
const routes: Readonly<Record<string, Handler>> = {
	"GET users/me": me,
	"POST search": search,
	"GET databases/*": getDatabase,
	"GET data_sources/*": getDataSource,
	"PATCH data_sources/*": updateDataSource,
	"POST data_sources/*/query": queryDataSource,
	"POST pages": createPage,
	"GET pages/*": getPage,
	"PATCH pages/*": updatePage,
	"GET pages/*/properties/*": getProperty,
	"GET blocks/*/children": listChildren,
	"PATCH blocks/*/children": appendChildren,
	"DELETE blocks/*": deleteBlock,
	"POST file_uploads": createUpload,
	"GET file_uploads/*": getUpload,
	"POST file_uploads/*/send": sendUpload,
};

/** Answers one call that was let in. Nothing here waits, so each call is applied whole or not at all. */
export function answer(call: Call): Reply {
	const [first, id, third, fourth] = call.segments;
	const isMe = first === "users";
	const pattern = [first, id === undefined || isMe ? id : "*", third, fourth === undefined ? undefined : "*"];
	const handler = routes[`${call.method} ${pattern.filter((part) => part !== undefined).join("/")}`];
	try {
		return (handler ?? unknown)(call);
	} catch (error) {
		if (error instanceof Refusal) return error.reply;
		throw error;
	}
}

function unknown(): Reply {
	return failure(400, "invalid_request_url", "Invalid request URL.");
}
