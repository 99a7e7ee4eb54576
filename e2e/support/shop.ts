import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { createDatabase } from "./database.ts";
import { freePort } from "./free-port.ts";

/** A shop's own database, which somebody connects to pick rows from. */
export type Shop = {
	/** As its owner pastes it into the form. */
	address: string;
	query(statement: string, values?: unknown[]): Promise<unknown[]>;
	close(): Promise<void>;
};

/**
 * The table `shop.lamps` with so many lamps. Its database is on the run's PostgreSQL, and the backend connects to no server that it runs on
 * itself: the shop has an address of its own in front.
 */
export async function openShop(name: string, lamps: number): Promise<Shop> {
	const database = await createDatabase(`shop_${name.replaceAll("-", "_")}`);
	await database.query("create schema shop");
	await database.query("create table shop.lamps (id int primary key, title text, url text)");
	await database.query("insert into shop.lamps select n, 'Lamp ' || n, $1 || n from generate_series(1, $2::int) n", [
		lampUrl(""),
		lamps,
	]);
	const address = new URL(database.url);
	const door = await openDoor({ host: address.hostname, port: Number(address.port) });
	address.hostname = "127.0.0.1";
	address.port = String(door.port);
	return {
		address: address.href,
		query: (statement, values) => database.query(statement, values),
		close: async () => {
			door.close();
			await database.drop();
		},
	};
}

export const lampUrl = (id: number | string): string => `https://shop.test/lamp-${id}`;

/** A port that leads on to a server. */
async function openDoor(to: { host: string; port: number }): Promise<{ port: number; close(): void }> {
	const sockets = new Set<Socket>();
	const server = createServer((incoming) => {
		const onward = connect(to);
		for (const [socket, other] of [
			[incoming, onward],
			[onward, incoming],
		] as const) {
			sockets.add(socket);
			socket.on("error", () => other.destroy()).on("close", () => sockets.delete(socket));
			socket.pipe(other);
		}
	});
	const port = await freePort();
	server.listen(port, "127.0.0.1");
	await once(server, "listening");
	return {
		port,
		close: () => {
			server.close();
			for (const socket of sockets) socket.destroy();
		},
	};
}
