import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { ThemeProvider } from "@/components/shell/theme-provider";
import "./globals.css";

// The package's own loader preloads every face; code and ids can wait for theirs.
const GeistMono = localFont({
  src: "../node_modules/geist/dist/fonts/geist-mono/GeistMono-Variable.woff2",
  variable: "--font-geist-mono",
  weight: "100 900",
  preload: false,
});

export const metadata: Metadata = {
  title: { default: "Countersign", template: "%s · Countersign" },
  description:
    "The control plane between LLM apps and a business: routes, reviews, executes and audits decisions.",
  icons: { icon: "/favicon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9fafb" },
    { media: "(prefers-color-scheme: dark)", color: "#0a0c10" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Reading the header also makes every page dynamic, which a nonce needs.
  const asked = await headers();
  const nonce = asked.get("x-nonce") ?? undefined;
  // Which sign its keyboard prints on the key for shortcuts.
  const keys = /Macintosh|iPhone|iPad/.test(asked.get("user-agent") ?? "") ? "apple" : undefined;
  return (
    // The theme's class is set before hydration.
    <html
      lang="en"
      suppressHydrationWarning
      data-keys={keys}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body className="font-sans">
        <ThemeProvider nonce={nonce}>{children}</ThemeProvider>
      </body>
    </html>
  );
}
