import postgres from "postgres";

/** Takes row-level security off every table of a test database: for what a test shows without it, and what it costs. */
export async function switchRowSecurityOff(url: string): Promise<void> {
	const admin = postgres(url, { max: 1, onnotice: () => undefined });
	const tables = await admin<{ name: string }[]>`
		select format('%I.%I', n.nspname, c.relname) as name
		from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = 'sheaf' and c.relrowsecurity`;
	for (const { name } of tables) {
		await admin.unsafe(`alter table ${name} no force row level security, disable row level security`);
	}
	await admin.end();
}
