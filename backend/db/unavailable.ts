/** What postgres.js and the socket under it say when there is no database at the other end. */
const connectionCodes = new Set([
	"CONNECT_TIMEOUT",
	"CONNECTION_CLOSED",
	"CONNECTION_DESTROYED",
	"CONNECTION_ENDED",
	"ECONNREFUSED",
	"ECONNRESET",
	"EPIPE",
	"ENOENT",
	"ERR_SOCKET_CLOSED",
	// The server is shutting down, crashed, starting up, or has no connection left.
	"57P01",
	"57P02",
	"57P03",
	"53300",
]);

/**
 * Whether an error means "the database is away", so that asking again later is right. SQLSTATE class 08 is
 * "connection exception" (PostgreSQL, appendix A).
 */
export function isDatabaseUnavailable(error: unknown): boolean {
	if (typeof error !== "object" || error === null || !("code" in error)) return false;
	const { code } = error;
	return typeof code === "string" && (connectionCodes.has(code) || /^08[0-9A-Z]{3}$/.test(code));
}
