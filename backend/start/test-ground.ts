import type { Sql } from "postgres";
import type { AirtableSimulator } from "../connectors/airtable/simulator.ts";

/** Where people save and what their records come to, whichever processes do the work in between. */
export type Ground = {
	/** Where people sign in, and the issuer of their tokens, whichever process they show them to. */
	url: string;
	/** The API processes' addresses. */
	apis(): string[];
	/** The backend's database, past row-level security. */
	admin: Sql;
	airtable: AirtableSimulator;
};
