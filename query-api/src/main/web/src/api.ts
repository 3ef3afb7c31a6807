import type { ProblemAnswer } from "./types.js";

/** An answer that is a problem (RFC 9457), or none at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly fields: { field: string; message: string }[] = [],
  ) {
    super(detail);
  }
}

type Parameters = Record<string, string | number | boolean | null | undefined>;

export function address(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

/** @throws Problem */
export async function get<T>(path: string, parameters: Parameters = {}, signal?: AbortSignal): Promise<T> {
  return answer<T>(fetch(address(path, parameters), { headers: { Accept: "application/json" }, signal: signal ?? null }));
}

/** @throws Problem */
export async function post<T>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<T> {
  return answer<T>(
    fetch(address(path), {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(body),
    }),
  );
}

async function answer<T>(asked: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await asked;
  } catch (failed) {
    if (failed instanceof DOMException && failed.name === "AbortError") {
      throw failed;
    }
    throw new Problem(0, "UNREACHABLE", "Crossbook does not answer. Is it still running?");
  }
  const text = await response.text();
  const body: unknown = text ? parsed(text) : null;
  if (!response.ok) {
    const problem = (body ?? {}) as ProblemAnswer;
    throw new Problem(
      response.status,
      problem.code ?? String(response.status),
      problem.detail ?? problem.title ?? response.statusText,
      problem.errors ?? [],
    );
  }
  return body as T;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
