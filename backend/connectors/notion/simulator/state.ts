import { randomUUID } from "node:crypto";
import { type Static, Type } from "@sinclair/typebox";
import { Faults } from "../../airtable/simulator/faults.ts";
import type { PageEvent, Subscription } from "./subscription.ts";

export const PropertySeed = Type.Object({
	id: Type.String(),
	name: Type.String(),
	type: Type.String(),
	options: Type.Optional(Type.Array(Type.String())),
	format: Type.Optional(Type.String()),
	/** The data source that a relation links to. */
	relatedTo: Type.Optional(Type.String()),
});
export type PropertySeed = Static<typeof PropertySeed>;

/** A database with its data sources, as a person made them. */
export const DatabaseSeed = Type.Object({
	id: Type.String(),
	name: Type.String(),
	dataSources: Type.Array(
		Type.Object({ id: Type.String(), name: Type.String(), properties: Type.Array(PropertySeed) }),
	),
});
export type DatabaseSeed = Static<typeof DatabaseSeed>;

export const TokenSeed = Type.Object({
	token: Type.String(),
	/** Ids of the databases that were shared; all when left out. */
	databases: Type.Optional(Type.Array(Type.String())),
});
export type TokenSeed = Static<typeof TokenSeed>;

export type Token = {
	secret: string;
	refreshToken: string | null;
	botId: string;
	databases: ReadonlySet<string> | null;
	mayWrite: boolean;
};

export type DataSource = {
	id: string;
	databaseId: string;
	name: string;
	properties: PropertySeed[];
	inTrash: boolean;
};

export type StoredBlock = {
	id: string;
	type: string;
	content: Record<string, unknown>;
	children: StoredBlock[];
	createdBy: string;
	editedBy: string;
};

export type Page = {
	id: string;
	dataSourceId: string;
	createdTime: string;
	editedTime: string;
	createdBy: string;
	editedBy: string;
	inTrash: boolean;
	/** Property id → what stands under the type's name. */
	values: Record<string, unknown>;
	blocks: StoredBlock[];
	/** Whether queries see it yet. */
	indexed: boolean;
};

export type Upload = {
	id: string;
	status: "pending" | "uploaded";
	name: string;
	contentType: string;
	bytes: Uint8Array;
};

export type OAuthClient = { clientId: string; clientSecret: string; redirectUris: string[] };
export type Grant = { clientId: string; redirectUri: string; databases: string[]; expiresAt: number };

export const person = "11111111-1111-4111-8111-111111111111";

/** Everything the simulator knows, and the settings that a test may turn. */
export class World {
	readonly databases: { id: string; name: string }[] = [];
	readonly dataSources: DataSource[] = [];
	readonly pages = new Map<string, Page>();
	readonly uploads = new Map<string, Upload>();
	readonly tokens = new Map<string, Token>();
	readonly clients: OAuthClient[] = [];
	readonly codes = new Map<string, Grant>();
	readonly faults = new Faults();
	subscription: Subscription | null = null;
	workspace = { id: "22222222-2222-4222-8222-222222222222", name: "Acme" };
	/** Requests of one connection in a minute; null: any number. */
	requestsPerMinute: number | null = 180;
	/** Rows one query gives at most. */
	queryCap = 10_000;
	/** While set, queries do not see pages that are made. */
	indexLags = false;
	readonly requests: { method: string; path: string }[] = [];
	readonly throttles = new Map<string, { minute: number; count: number }>();

	addDatabase(seed: DatabaseSeed): void {
		this.databases.push({ id: seed.id, name: seed.name });
		for (const { id, name, properties } of seed.dataSources) {
			this.dataSources.push({ id, databaseId: seed.id, name, properties: structuredClone(properties), inTrash: false });
		}
	}

	addToken({ token, databases }: TokenSeed): void {
		this.tokens.set(token, {
			secret: token,
			refreshToken: null,
			botId: botOf(this.workspace.id),
			databases: databases === undefined ? null : new Set(databases),
			mayWrite: true,
		});
	}

	/** Notion tells of what people do, and of what comes by its API. */
	tell(page: Page, type: PageEvent, editedBy: string): void {
		const by = { id: editedBy, type: editedBy === person ? ("person" as const) : ("bot" as const) };
		this.subscription?.tell({ page, type, by, workspaceId: this.workspace.id });
	}

	catchUp(): void {
		this.indexLags = false;
		for (const page of this.pages.values()) page.indexed = true;
	}
}

/** The same person in the same workspace is the same bot, however often they connect. */
export function botOf(workspaceId: string): string {
	return workspaceId.replace(/^.{8}/, "33333333");
}

export function makeId(): string {
	return randomUUID();
}

/** Notion rounds both of its times down to the minute. */
export function minuteNow(): string {
	return `${new Date().toISOString().slice(0, 16)}:00.000Z`;
}

export function sameId(left: string, right: string): boolean {
	return left.replaceAll("-", "").toLowerCase() === right.replaceAll("-", "").toLowerCase();
}
