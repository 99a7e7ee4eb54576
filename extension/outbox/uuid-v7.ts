/**
 * UUIDv7 (RFC 9562 §5.7, method 1 of §6.2): 48 bits of milliseconds, 12 bits of counter, 62 random bits. Ids made in one
 * context only ever grow, also within a millisecond and when the clock is set back: the outbox sends in id order.
 */
let lastMs = 0;
let counter = 0;

/** @returns a new id in lower-case text form. */
export function uuidV7(nowMs: number = Date.now()): string {
	const random = crypto.getRandomValues(new Uint8Array(10));
	if (nowMs > lastMs) {
		lastMs = nowMs;
		// Starts in the lower half, so that a burst has room to count up before it borrows the next millisecond.
		counter = ((byteAt(random, 8) << 8) | byteAt(random, 9)) & 0x7ff;
	} else if (counter < 0xfff) {
		counter += 1;
	} else {
		lastMs += 1;
		counter = 0;
	}
	const variant = (0x80 | (byteAt(random, 0) & 0x3f)).toString(16);
	const time = lastMs.toString(16).padStart(12, "0");
	const tail = [...random.subarray(1, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	const version = `7${counter.toString(16).padStart(3, "0")}`;
	return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}`;
}

function byteAt(bytes: Uint8Array, index: number): number {
	return bytes[index] ?? 0;
}
