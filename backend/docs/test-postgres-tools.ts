/**
 * `pg_dump`, `pg_restore` and `psql` for the tests: they have to be as new as the server, and the PostgreSQL from npm brings none. Where the
 * installed ones are older, Debian's next release lends its own, with the libraries they were built for, beside what is installed.
 */
import { chmod, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { processSource } from "../env.ts";

const tools = ["pg_dump", "pg_restore", "psql"];
/** The major version of the server of the tests and of compose.yaml. */
const leastVersion = 18;
/** Kept between runs, as the packages from npm are. */
const lentFolder = fileURLToPath(new URL("../../node_modules/.cache/sheaf-postgres-client", import.meta.url));

/** @returns the folder to look for the tools in first; throws a sentence when there are none. */
export async function findPostgresTools(): Promise<string> {
	const installed = (await readdir("/usr/lib/postgresql").catch(() => [])).map((version) =>
		join("/usr/lib/postgresql", version, "bin"),
	);
	const onPath = (processSource().variables["PATH"] ?? "").split(":");
	for (const folder of [join(lentFolder, "bin"), ...installed, ...onPath]) if (await isNewEnough(folder)) return folder;
	await lend();
	const lent = join(lentFolder, "bin");
	if (await isNewEnough(lent)) return lent;
	throw new Error(
		`Install PostgreSQL's client programs, version ${leastVersion} or newer: this test dumps a database.`,
	);
}

async function isNewEnough(folder: string): Promise<boolean> {
	const program = join(folder, "pg_dump");
	if (!(await Bun.file(program).exists())) return false;
	const { stdout } = Bun.spawnSync([program, "--version"]);
	return Number(/ (\d+)/.exec(stdout.toString())?.[1] ?? 0) >= leastVersion;
}

/** Nothing is installed: the packages are unpacked into a folder, but for Perl, which only the wrappers that are not used here need. */
const unpackPackages = `set -eu
mkdir -p lists/partial cache/archives/partial packages root
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian forky main' > sources.list
apt() {
	apt-get -qq -o Dir::State::lists="$PWD/lists" -o Dir::State::status=/dev/null -o Dir::Etc::sourcelist="$PWD/sources.list" \\
		-o Dir::Etc::sourceparts=/dev/null -o Dir::Cache="$PWD/cache" -o APT::Sandbox::User=root "$@"
}
apt update
names=$(apt install --no-install-recommends --print-uris postgresql-client | sed -E "s/.*' ([^_]+)_.*/\\1/" | grep -v perl)
(PLACE=$PWD && cd packages && PWD=$PLACE && apt download $names)
for package in packages/*.deb; do dpkg-deb --extract "$package" root; done
rm -rf lists cache packages`;

async function lend(): Promise<void> {
	const half = `${lentFolder}.half`;
	await rm(half, { recursive: true, force: true });
	await mkdir(half, { recursive: true });
	const { exitCode, stderr } = Bun.spawnSync(["bash", "-c", unpackPackages], { cwd: half });
	if (exitCode !== 0) throw new Error(`PostgreSQL's client programs could not be fetched: ${stderr.toString()}`);
	const [version = ""] = await readdir(join(half, "root/usr/lib/postgresql"));
	const machine = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
	const root = join(lentFolder, "root");
	const loader = `exec ${root}/usr/lib/${machine}/ld-linux-*.so.* --library-path ${root}/usr/lib/${machine}`;
	await mkdir(join(half, "bin"));
	for (const tool of tools) {
		const wrapper = join(half, "bin", tool);
		await writeFile(wrapper, `#!/bin/sh\n${loader} ${root}/usr/lib/postgresql/${version}/bin/${tool} "$@"\n`);
		await chmod(wrapper, 0o755);
	}
	await rm(lentFolder, { recursive: true, force: true });
	await rename(half, lentFolder);
}
