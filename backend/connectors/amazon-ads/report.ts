import type { ConnectorCall, ConnectorFailure, ConnectorResult } from "../connector.ts";
import type { SourcePage, SourceQuery } from "../source.ts";
import { isMeant } from "../source-matching.ts";
import { type Answer, ask } from "./api.ts";
import { downloadReport } from "./download-report.ts";
import type { EntityTable } from "./entities.ts";
import { failureOf, title } from "./failure.ts";
import type { SourceOptions } from "./list.ts";
import type { ProfilePlace } from "./regions.ts";
import { ProfilesReply, ReportReply } from "./replies.ts";
import { type ReportCursor, readCursor, restBefore, writeCursor } from "./report-cursor.ts";
import { daysOfReport, reportRequest } from "./report-request.ts";
import { rowsOf } from "./rows.ts";

type Listing = { table: EntityTable; at: ProfilePlace; query: SourceQuery };
type Asking = { options: SourceOptions; call: ConnectorCall; listing: Listing };

/** Reports begun for one listing; Amazon fails some without a reason, and a second one is made. */
const mostReports = 2;

/**
 * Results by day are a report: asked for, made by Amazon over minutes to hours, then downloaded. Each call does one step of that and
 * answers a page without rows until the report is there; `afterMs` says when the next step is worth taking, and the cursor
 * holds whoever asks earlier back.
 */
export async function listReport(
	options: SourceOptions,
	call: ConnectorCall,
	listing: Listing,
): Promise<ConnectorResult<SourcePage>> {
	const asking = { options, call, listing };
	const cursor = readCursor(listing.query.cursor);
	if (cursor === null) return await begin(asking, 1);
	const restMs = cursor.notBefore - options.now();
	if (restMs > 0) return waiting(cursor, restMs);
	return await look(asking, cursor);
}

function waiting(cursor: ReportCursor, afterMs: number): ConnectorResult<SourcePage> {
	return { kind: "ok", value: { rows: [], cursor: writeCursor(cursor), afterMs } };
}

async function begin(asking: Asking, begun: number): Promise<ConnectorResult<SourcePage>> {
	const { options, listing } = asking;
	const timeZone = await askTimeZone(asking);
	if (!timeZone.ok) return failureOf(timeZone.trouble);
	const days = daysOfReport(options.now(), timeZone.value);
	const asked = await request(asking, reportRequest(listing.table, days));
	if (!asked.ok) return failureOf(asked.trouble);
	const afterMs = restBefore(0);
	const cursor = { reportId: asked.value, notBefore: options.now() + afterMs, looks: 0, rows: 0, begun };
	return waiting(cursor, afterMs);
}

/** A report's days are those of the advertising account. */
async function askTimeZone({ options, call, listing }: Asking): Promise<Answer<string>> {
	const { addresses } = options;
	const { region, number } = listing.at;
	const answer = await ask(addresses, call, {
		method: "GET",
		path: "/v2/profiles",
		at: { region },
		reply: ProfilesReply,
	});
	if (!answer.ok) return answer;
	const entry = answer.value.find((one) => one.profileId === number);
	return entry === undefined
		? { ok: false, trouble: { kind: "profile" } }
		: { ok: true, value: entry.timezone ?? "UTC" };
}

const media = "application/vnd.createasyncreportrequest.v3+json";

/** Asks for the report. One like it that is being made already is taken; columns that are refused are left out. */
async function request(
	{ options, call, listing }: Asking,
	wanted: ReturnType<typeof reportRequest>,
): Promise<Answer<string>> {
	const send = (json: unknown) =>
		ask(options.addresses, call, {
			method: "POST",
			path: "/reporting/reports",
			at: listing.at,
			media,
			json,
			reply: ReportReply,
		});
	let answer = await send(wanted);
	const columns = answer.ok ? null : columnsLeft(wanted.configuration.columns, answer.trouble);
	if (columns !== null) answer = await send({ ...wanted, configuration: { ...wanted.configuration, columns } });
	if (answer.ok) return { ok: true, value: answer.value.reportId };
	return answer.trouble.kind === "duplicate" ? { ok: true, value: answer.trouble.reportId } : answer;
}

/** Amazon's refusal lists the columns it takes; its documentation lists others. Null: that is not what was wrong. */
function columnsLeft(
	columns: readonly string[],
	trouble: Extract<Answer<never>, { ok: false }>["trouble"],
): string[] | null {
	if (trouble.kind !== "refused") return null;
	const listed = /allowed values\W+([\w\s,]+)/i.exec(trouble.said)?.[1];
	if (listed === undefined) return null;
	const allowed = new Set(listed.split(/[\s,]+/));
	const left = columns.filter((column) => allowed.has(column));
	return left.length === 0 || left.length === columns.length ? null : left;
}

async function look(asking: Asking, cursor: ReportCursor): Promise<ConnectorResult<SourcePage>> {
	const { options, call, listing } = asking;
	const path = `/reporting/reports/${cursor.reportId}`;
	const answer = await ask(options.addresses, call, { method: "GET", path, at: listing.at, media, reply: ReportReply });
	// It was kept for a while only, or was another account's: there is nothing to wait for.
	if (!answer.ok && answer.trouble.kind === "not_found")
		return await beginAgain(asking, cursor, "it is not kept any more");
	if (!answer.ok) return failureOf(answer.trouble);
	const { status, url, failureReason } = answer.value;
	if (status === "FAILED") return await beginAgain(asking, cursor, failureReason ?? "no reason was given");
	if (status === "COMPLETED" && typeof url === "string") return await read(asking, cursor, url);
	const looks = cursor.looks + 1;
	const afterMs = restBefore(looks);
	return waiting({ ...cursor, looks, notBefore: options.now() + afterMs }, afterMs);
}

async function beginAgain(asking: Asking, { begun }: ReportCursor, why: string): Promise<ConnectorResult<SourcePage>> {
	return begun < mostReports ? await begin(asking, begun + 1) : reportFailed(why);
}

function reportFailed(why: string): ConnectorFailure {
	const message = `${title} could not make this report (“${why.slice(0, 200)}”). Rows that are here already stay; try again later.`;
	return { kind: "refused", reason: "connections/provider-unreachable", message };
}

/** A page of a report that is there. It is downloaded for each page anew, because nothing is kept between calls. */
async function read(asking: Asking, cursor: ReportCursor, url: string): Promise<ConnectorResult<SourcePage>> {
	const { call, listing } = asking;
	const { table, query } = listing;
	const report = await downloadReport(call, url);
	if (!report.ok) return failureOf(report.trouble);
	const entries = report.value.slice(cursor.rows, cursor.rows + query.limit);
	const rows = cursor.rows + entries.length;
	const next = rows < report.value.length ? writeCursor({ ...cursor, rows }) : null;
	const isWhole = cursor.rows === 0 && query.search === null && query.filter.length === 0;
	const total = isWhole ? { total: { count: report.value.length, exact: true } } : {};
	return {
		kind: "ok",
		value: { rows: rowsOf(table, entries).filter((row) => isMeant(row, query)), cursor: next, ...total },
	};
}
