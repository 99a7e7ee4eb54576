import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** An nginx of its own, whose sites are in a folder that a page's commands write into. */
export type TestProxy = {
	/** Where the sites go. */
	sites: string;
	/** To be looked through first: its `nginx` speaks to this one. */
	path: string;
	stop(): Promise<void>;
};

/** @param home an empty folder */
export async function startTestProxy(home: string): Promise<TestProxy> {
	const [sites, path] = [join(home, "sites"), join(home, "bin")];
	await Promise.all([sites, path].map((folder) => mkdir(folder, { recursive: true })));
	const settings = join(home, "nginx.conf");
	const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
	const lines = [
		"daemon off;",
		...(process.getuid?.() === 0 ? ["user root;"] : []),
		`pid ${home}/pid;`,
		"events {}",
		`http { access_log off; ${temporary.map((name) => `${name}_temp_path ${home}/${name};`).join(" ")}`,
		`include ${sites}/*.conf; }`,
	];
	await writeFile(settings, lines.join("\n"));
	const nginx = Bun.which("nginx");
	if (nginx === null) throw new Error("Install nginx: this test puts it before two versions of the backend.");
	const wrapper = join(path, "nginx");
	await writeFile(wrapper, `#!/bin/sh\nexec ${nginx} -e ${home}/error.log -c ${settings} "$@"\n`);
	await chmod(wrapper, 0o755);
	const server = Bun.spawn([wrapper], { stdout: "ignore", stderr: "inherit" });
	return {
		sites,
		path,
		stop: async () => {
			server.kill("SIGTERM");
			await server.exited;
			await rm(home, { recursive: true, force: true });
		},
	};
}
