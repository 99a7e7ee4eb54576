import { coerceForMessage } from "../connectors/message-values.ts";
import type { TableField } from "../contract/connections.ts";
import type { RecordProblem } from "../contract/errors.ts";
import type { EventType, ZapierEvent } from "../contract/events.ts";
import type { Fields } from "../contract/fields.ts";

/** An event with what it is about, as it is read when it is sent. */
export type EventRow = {
	id: string;
	type: EventType;
	subjectId: string;
	createdAt: Date;
	data: {
		version?: number;
		targetId?: string;
		remoteUrl?: string | null;
		problem?: RecordProblem | null;
		status?: string;
		expiresAt?: string | null;
	};
	/** Null: deleted since, or the event is of a connection. */
	record: { kind: string; source: { url: string; title: string }; fields: Fields } | null;
	connection: { provider: string; name: string } | null;
};

/** An event that is about to be sent for the nth time. */
export type ClaimedEvent = EventRow & { attempts: number };

/** The id every repetition and every hook has in common. */
export function eventId({ id }: Pick<EventRow, "id">): string {
	return `evt_${id}`;
}

/** The body of a signed message, in the shape Standard Webhooks recommends. */
export function webhookBody(event: EventRow) {
	const { type, createdAt, subjectId, data, record, connection } = event;
	const { version, targetId, remoteUrl, ...state } = data;
	const about = type.startsWith("record.")
		? {
				recordId: subjectId,
				version,
				targetId,
				remoteUrl,
				problem: state.problem,
				record: record === null ? null : { ...record, fields: plainFields(record.fields) },
			}
		: { connectionId: subjectId, ...connection, ...state };
	return { type, timestamp: createdAt.toISOString(), data: about };
}

/** The same for a Zap: one flat object. What was captured keeps its names, behind those that every event has. */
export function zapierEvent(event: EventRow): ZapierEvent {
	const { type, createdAt, subjectId, data, record, connection } = event;
	const every = {
		id: eventId(event),
		event: type,
		occurred_at: createdAt.toISOString(),
		problem: data.problem?.message ?? null,
	};
	if (!type.startsWith("record.")) {
		return {
			...every,
			connection_id: subjectId,
			connection_name: connection?.name ?? null,
			provider: connection?.provider ?? null,
			status: data.status ?? null,
			expires_at: data.expiresAt ?? null,
		};
	}
	return {
		...flatFields(record?.fields ?? {}),
		...every,
		record_id: subjectId,
		record_version: data.version ?? null,
		record_kind: record?.kind ?? null,
		target_id: data.targetId ?? null,
		row_url: data.remoteUrl ?? null,
		source_url: record?.source.url ?? null,
		source_title: record?.source.title ?? null,
	};
}

const untyped: TableField = {
	id: "",
	name: "",
	type: "text",
	providerType: "any",
	writable: true,
	matchable: true,
};

function plainFields(fields: Fields): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => {
			const coerced = coerceForMessage(value, untyped);
			return [name, coerced.ok ? coerced.cell : null];
		}),
	);
}

function flatFields(fields: Fields): ZapierEvent {
	return Object.fromEntries(Object.entries(plainFields(fields)).map(([name, cell]) => [name, flat(cell)]));
}

function flat(cell: unknown): ZapierEvent[string] {
	if (Array.isArray(cell)) return cell.join(", ");
	return typeof cell === "number" || typeof cell === "boolean" || typeof cell === "string" ? cell : null;
}
