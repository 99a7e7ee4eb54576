import { type Static, Type } from "@sinclair/typebox";

/** One input of a connector's form; the options page draws it without knowing the provider. */
export const FormField = Type.Object({
	name: Type.String(),
	label: Type.String(),
	kind: Type.Union([
		Type.Literal("secret"),
		Type.Literal("text"),
		Type.Literal("url"),
		Type.Literal("choice"),
		Type.Literal("file"),
	]),
	/** A field that may be left empty. */
	optional: Type.Optional(Type.Boolean()),
	/** What a `choice` offers; the first is chosen. */
	choices: Type.Optional(Type.Array(Type.Object({ value: Type.String(), label: Type.String() }))),
	/** Where the kind is `file`, whose value is the hash of an uploaded blob: the field that takes the file's name, and is not asked for by itself. */
	nameIn: Type.Optional(Type.String()),
	placeholder: Type.Optional(Type.String()),
	help: Type.Optional(Type.String()),
	helpUrl: Type.Optional(Type.String()),
});
export type FormField = Static<typeof FormField>;

/** `oauth`: a window at the provider. `token`: `form` is filled in. `none`: one click and no account (the practice base). */
export const ConnectionWay = Type.Union([Type.Literal("oauth"), Type.Literal("token"), Type.Literal("none")]);

/** What a person sees of a connector before connecting. */
export const ProviderView = Type.Object({
	id: Type.String(),
	title: Type.String(),
	summary: Type.String(),
	/** An SVG document of 24 × 24, for `<img>` or a mask and never for markup. */
	icon: Type.String(),
	/** What is offered, the first before the others. */
	ways: Type.Array(ConnectionWay),
	form: Type.Array(FormField),
	/** Columns can be added to its tables, rows can be read (conflict policies), deliveries can be taken back. */
	can: Type.Object({ createColumns: Type.Boolean(), read: Type.Boolean(), remove: Type.Boolean() }),
	/** A target may lead there; false where it is only read from. */
	receives: Type.Boolean(),
	/** One login reaches several accounts, of which one is chosen (`…/profiles`). */
	hasProfiles: Type.Boolean(),
	/** Where a person takes Sheaf's access back by hand; left out where disconnecting does it, or there is none. */
	accessUrl: Type.Optional(Type.String()),
	/** Where the practice base shows its tables; only on the practice provider. */
	homeUrl: Type.Optional(Type.String()),
});
export type ProviderView = Static<typeof ProviderView>;

export const ProviderList = Type.Object({ providers: Type.Array(ProviderView) });
export type ProviderList = Static<typeof ProviderList>;
