import { type Static, Type } from "@sinclair/typebox";

/** One input of a connector's form; the options page draws it without knowing the provider. */
export const FormField = Type.Object({
	name: Type.String(),
	label: Type.String(),
	kind: Type.Union([Type.Literal("secret"), Type.Literal("text"), Type.Literal("url")]),
	placeholder: Type.Optional(Type.String()),
	help: Type.Optional(Type.String()),
	helpUrl: Type.Optional(Type.String()),
});
export type FormField = Static<typeof FormField>;

/** What a person sees of a connector before connecting. */
export const ProviderView = Type.Object({
	id: Type.String(),
	title: Type.String(),
	summary: Type.String(),
	/** `token`: paste a secret into `form`. `none`: one click and no account (the practice base). */
	auth: Type.Union([Type.Literal("token"), Type.Literal("none")]),
	form: Type.Array(FormField),
	/** Where the practice base shows its tables; only on the practice provider. */
	homeUrl: Type.Optional(Type.String()),
});
export type ProviderView = Static<typeof ProviderView>;

export const ProviderList = Type.Object({ providers: Type.Array(ProviderView) });
export type ProviderList = Static<typeof ProviderList>;
