import type { ConnectorCall, PushRow } from "../connector.ts";
import type { Answer } from "../row-trouble.ts";
import { ask } from "./api.ts";
import { UserFileReply } from "./replies.ts";
import type { OpenTable } from "./table.ts";

/**
 * A file cell names files that the server has: it is asked to fetch each address first. The same file fetched again is kept once there
 * and has the same name.
 */
export async function fetchFiles(
	call: ConnectorCall,
	table: OpenTable,
	rows: readonly PushRow[],
): Promise<Answer<PushRow[]>> {
	const fileColumns = [...table.columns.values()].filter(({ type }) => type === "attachment").map(({ id }) => id);
	const done: PushRow[] = [];
	for (const row of rows) {
		const cells = { ...row.cells };
		for (const id of fileColumns.filter((column) => Array.isArray(cells[column]))) {
			const files = await fetchEach(call, cells[id]);
			if (!files.ok) return files;
			cells[id] = files.value;
		}
		done.push({ ...row, cells });
	}
	return { ok: true, value: done };
}

async function fetchEach(call: ConnectorCall, cell: unknown): Promise<Answer<{ name: string }[]>> {
	const files: { name: string }[] = [];
	for (const entry of Array.isArray(cell) ? (cell as { url: string }[]) : []) {
		const json = { url: entry.url };
		const file = await ask(call, { method: "POST", path: "/user-files/upload-via-url/", json, reply: UserFileReply });
		if (!file.ok) return file;
		files.push({ name: file.value.name });
	}
	return { ok: true, value: files };
}

/** Sends a file's bytes; what comes back is the name that a cell refers to it by. */
export async function sendFile(
	call: ConnectorCall,
	{ name, contentType, bytes }: { name: string; contentType: string; bytes: Uint8Array },
): Promise<Answer<string>> {
	const form = new FormData();
	form.set("file", new File([new Uint8Array(bytes)], name, { type: contentType }));
	const body = new Response(form);
	const raw = {
		type: body.headers.get("content-type") ?? "multipart/form-data",
		bytes: new Uint8Array(await body.arrayBuffer()),
	};
	const file = await ask(call, { method: "POST", path: "/user-files/upload-file/", raw, reply: UserFileReply });
	return file.ok ? { ok: true, value: file.value.name } : file;
}
