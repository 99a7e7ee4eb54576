import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import type { SimulatedReply, SimulatedRequest } from "../../simulator-server.ts";
import type { Entity } from "../replies.ts";
import { refusal, throttledReply } from "./refusal.ts";

const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const Asked = Type.Object(
	{
		name: Type.Optional(Type.String()),
		startDate: Day,
		endDate: Day,
		configuration: Type.Object(
			{
				adProduct: Type.Literal("SPONSORED_PRODUCTS"),
				groupBy: Type.Array(Type.Literal("campaign"), { minItems: 1 }),
				columns: Type.Array(Type.String(), { minItems: 1 }),
				reportTypeId: Type.Literal("spCampaigns"),
				timeUnit: Type.Union([Type.Literal("DAILY"), Type.Literal("SUMMARY")]),
				format: Type.Literal("GZIP_JSON"),
			},
			{ additionalProperties: false },
		),
	},
	{ additionalProperties: false },
);
type Asked = Static<typeof Asked>;

type Report = {
	id: string;
	profile: string;
	fingerprint: string;
	asked: Asked;
	status: "PENDING" | "PROCESSING" | "COMPLETED" | "FAILED";
	lookedAt: number;
};

const media = "application/vnd.createasyncreportrequest.v3+json";
const dayMs = 86_400_000;
/** Asked after sooner than this, a report answers with a refusal. */
const soonestLookMs = 20_000;
const urlMs = 3_600_000;

/** Reports as they are made: each look brings one further, unless a test says how it ends. */
export class Reports {
	readonly #address: () => string;
	readonly #now: () => number;
	readonly #reports = new Map<string, Report>();
	/** The rows of every report, in full; a report has those columns that were asked for. */
	rows: Entity[] = [];
	columns = ["date", "campaignId", "campaignName", "impressions", "clicks", "cost", "sales14d"];
	/** How the next ones end; completed when nothing is left. */
	readonly endings: ("COMPLETED" | "FAILED")[] = [];
	/** Looks refused for coming too soon. */
	throttled = 0;

	constructor({ address, now }: { address: () => string; now: () => number }) {
		this.#address = address;
		this.#now = now;
	}

	/** How many were begun. */
	get begun(): number {
		return this.#reports.size;
	}

	/** Amazon keeps reports for a while only. */
	forgetAll(): void {
		this.#reports.clear();
	}

	create(request: SimulatedRequest, profile: string): SimulatedReply {
		if (request.headers["content-type"] !== media) return refusal(415, "415", "Unsupported media type");
		const asked: unknown = JSON.parse(request.bytes.toString("utf8"));
		if (!Value.Check(Asked, asked)) {
			return refusal(400, "400", [...Value.Errors(Asked, asked)][0]?.message ?? "Malformed request");
		}
		const problem = this.#problemOf(asked);
		if (problem !== null) return refusal(400, "400", problem);
		const { name: _name, ...rest } = asked;
		const fingerprint = createHash("sha256")
			.update(JSON.stringify([profile, rest]))
			.digest("hex");
		const alive = [...this.#reports.values()].find(
			(one) => one.fingerprint === fingerprint && (one.status === "PENDING" || one.status === "PROCESSING"),
		);
		if (alive !== undefined) return refusal(425, "425", `The Request is a duplicate of : ${alive.id}`);
		const id = crypto.randomUUID();
		const report = { id, profile, fingerprint, asked, status: "PENDING", lookedAt: this.#now() } as const;
		this.#reports.set(id, { ...report });
		return { status: 200, body: this.#view(report) };
	}

	look(id: string, profile: string): SimulatedReply {
		const report = this.#reports.get(id);
		if (report === undefined || report.profile !== profile) return refusal(404, "404", "Report not found");
		const isDone = report.status === "COMPLETED" || report.status === "FAILED";
		if (!isDone && this.#now() - report.lookedAt < soonestLookMs) {
			this.throttled += 1;
			return throttledReply;
		}
		report.lookedAt = this.#now();
		if (report.status === "PROCESSING") report.status = this.endings.shift() ?? "COMPLETED";
		if (report.status === "PENDING") report.status = "PROCESSING";
		return { status: 200, body: this.#view(report) };
	}

	/** From the store: a signed address, and nothing that is not expected beside it. */
	download({ headers, query }: SimulatedRequest, id: string): SimulatedReply {
		if (headers.authorization !== undefined || headers["amazon-advertising-api-clientid"] !== undefined) {
			return { status: 400, body: "<Error><Code>InvalidArgument</Code></Error>" };
		}
		const report = this.#reports.get(id);
		if (report === undefined || Number(query.get("expires")) < this.#now()) {
			return { status: 403, body: "<Error><Code>AccessDenied</Code></Error>" };
		}
		const wanted = report.asked.configuration.columns;
		const rows = this.rows.map((row) => Object.fromEntries(wanted.map((column) => [column, row[column]])));
		const text = JSON.stringify(rows).replace(/("campaignId":)"(\d+)"/g, "$1$2");
		return { status: 200, body: gzipSync(text), headers: { "content-type": "application/octet-stream" } };
	}

	#problemOf({ startDate, endDate, configuration }: Asked): string | null {
		const wrong = configuration.columns.filter((column) => !this.columns.includes(column));
		if (wrong.length > 0) {
			return `configuration columns includes invalid values: (${wrong.join(", ")}). Allowed values: (${this.columns.join(", ")})`;
		}
		const [start, end] = [Date.parse(startDate), Date.parse(endDate)];
		if (end < start) return "endDate is before startDate";
		if (end - start > 30 * dayMs) return "The maximum date range is 31 days";
		if (this.#now() - start > 95 * dayMs) return "startDate is out of the retention period";
		if (end > this.#now()) return "endDate is in the future";
		if (configuration.timeUnit === "SUMMARY" && configuration.columns.includes("date")) {
			return "date is not supported with SUMMARY";
		}
		return null;
	}

	#view({ id, status, asked }: Report): unknown {
		const isDone = status === "COMPLETED";
		const expires = this.#now() + urlMs;
		return {
			reportId: id,
			status,
			...asked,
			url: isDone ? `${this.#address()}/store/${id}?expires=${expires}` : null,
			urlExpiresAt: isDone ? new Date(expires).toISOString() : null,
			failureReason: status === "FAILED" ? "INTERNAL_ERROR" : null,
		};
	}
}
