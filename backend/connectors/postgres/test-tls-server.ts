import { chown, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Sql } from "postgres";
import { testServer } from "./test-certificates.ts";

/** Gives a running server the certificate of the tests, and lets nobody in over the network without encryption. */
export async function turnOnTls(admin: Sql): Promise<void> {
	const [place] = await admin<{ directory: string; hba: string }[]>`
		select current_setting('data_directory') as directory, current_setting('hba_file') as hba`;
	if (place === undefined) throw new Error("The server does not say where its files are.");
	const { directory, hba } = place;
	const cert = join(dirname(directory), "server.crt");
	const key = join(dirname(directory), "server.key");
	await writeAsServer(directory, cert, testServer.cert);
	await writeAsServer(directory, key, testServer.key);
	await writeAsServer(directory, hba, "host all postgres all scram-sha-256\nhostssl all all all scram-sha-256\n");
	for (const [name, value] of Object.entries({ ssl_cert_file: cert, ssl_key_file: key, ssl: "on" })) {
		await admin.unsafe(`alter system set ${name} = '${value}'`);
	}
	await admin`select pg_reload_conf()`;
	// Signalled, and done a moment later.
	let isOn = false;
	while (!isOn) {
		const [row] = await admin<{ on: boolean }[]>`
			select current_setting('ssl')::boolean
				and exists (select from pg_hba_file_rules where type = 'hostssl') as on`;
		isOn = row?.on === true;
	}
}

/** The server reads its key only when nobody else can, and may run as another user than the tests. */
async function writeAsServer(directory: string, path: string, text: string): Promise<void> {
	await writeFile(path, text, { mode: 0o600 });
	const { uid, gid } = await stat(directory);
	if (process.getuid?.() === 0) await chown(path, uid, gid);
}
