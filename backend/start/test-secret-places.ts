import { Redis } from "ioredis";
import type { Sql } from "postgres";
import type { TestBrowser } from "../api/testing/test-person.ts";
import { queueSchema } from "../db/roles.ts";

/** Every row of every table of every schema that is not PostgreSQL's own, the queue's among them, as text. */
export async function databaseText(admin: Sql): Promise<string> {
	const tables = await tablesOf(admin);
	// A search that looks at nothing finds nothing.
	if (!tables.some(({ name }) => name === "sheaf.connections")) throw new Error("There is no table of ours.");
	return await rowsOf(admin, tables);
}

/** Every row of the queue's own tables in PostgreSQL, where people's rows are not. */
export async function queueText(admin: Sql): Promise<string> {
	const tables = (await tablesOf(admin)).filter(({ name }) => name.startsWith(`${queueSchema}.`));
	if (tables.length === 0) throw new Error("There is no table of the queue.");
	return await rowsOf(admin, tables);
}

async function tablesOf(admin: Sql): Promise<{ name: string }[]> {
	return await admin<{ name: string }[]>`
		select format('%I.%I', table_schema, table_name) as name from information_schema.tables
		where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1`;
}

async function rowsOf(admin: Sql, tables: readonly { name: string }[]): Promise<string> {
	const rows = await Promise.all(tables.map(({ name }) => admin.unsafe(`select t::text as line from ${name} t`)));
	return rows.flatMap((lines) => lines.map(({ line }) => String(line))).join("\n");
}

/** Every key of a Redis with what is in it. */
export async function redisText(url: string): Promise<string> {
	const redis = new Redis(url);
	try {
		const keys = await redis.keys("*");
		const values = await Promise.all(keys.map(async (key) => JSON.stringify(await valueOf(redis, key))));
		return keys.map((key, index) => `${key}: ${values[index]}`).join("\n");
	} finally {
		redis.disconnect();
	}
}

async function valueOf(redis: Redis, key: string): Promise<unknown> {
	switch (await redis.type(key)) {
		case "string":
			return await redis.get(key);
		case "hash":
			return await redis.hgetall(key);
		case "list":
			return await redis.lrange(key, 0, -1);
		case "set":
			return await redis.smembers(key);
		case "zset":
			return await redis.zrange(key, "0", "-1");
		case "stream":
			return await redis.xrange(key, "-", "+");
		// Gone since it was listed.
		default:
			return null;
	}
}

/** The operators' dashboard as they see it: its page, and what that page reads of each queue. */
export async function boardText(operator: TestBrowser): Promise<string> {
	const read = async (path: string) => {
		const answer = await operator.get(`/admin/queues${path}`);
		if (!answer.ok) throw new Error(`The dashboard answered ${answer.status} for ${path}.`);
		return await answer.text();
	};
	const list = await read("/api/queues");
	const { queues } = JSON.parse(list) as { queues: { name: string }[] };
	const pages = queues.flatMap(({ name }) =>
		["latest", "completed", "failed", "delayed", "waiting"].map((status) =>
			read(`/api/queues?activeQueue=${name}&status=${status}&page=1&jobsPerPage=100`),
		),
	);
	return [await read(""), list, ...(await Promise.all(pages))].join("\n");
}
