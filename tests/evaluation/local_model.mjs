// A small model on this machine behind the two doors of an OpenAI-compatible service, for `make eval-local`.
//
// It proves that the wire, the grammar and the time limits hold. What so small a model writes means nothing.
// node local_model.mjs MODEL.gguf PORT NODE_MODULES  → prints "ready PORT" and serves http://127.0.0.1:PORT/v1

import {randomUUID} from "node:crypto";
import {createServer} from "node:http";
import {basename, resolve} from "node:path";
import {pathToFileURL} from "node:url";

const [weights, port, modules] = process.argv.slice(2);
const CONTEXT = 3072;
const TASKS = 6;
const SEED = 20261124; // so that two runs on an idle machine say the same
const {getLlama, LlamaChatSession} = await import(
    pathToFileURL(resolve(modules, "node-llama-cpp/dist/index.js")).href
);
const llama = await getLlama({gpu: false, build: "never", skipDownload: true, logLevel: "error", maxThreads: 2});
const model = await llama.loadModel({modelPath: weights});
// Every task has its own beginning that never changes; each is read once and then kept, as providers keep them.
const context = await model.createContext({contextSize: CONTEXT, sequences: TASKS});
const kept = new Map(); // what a talk begins with → where it is kept, the longest unused first
const name = basename(weights, ".gguf");

// What the grammar of the library knows; the client checks the rest of a schema itself.
const KNOWN = new Set([
    "type", "properties", "required", "additionalProperties", "items", "enum", "const", "oneOf", "anyOf",
    "minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties", "$defs", "$ref",
]);

function asGrammar(schema) {
    if (typeof schema !== "object" || schema === null) return schema;
    if (Array.isArray(schema)) return schema.map(asGrammar);
    if (Array.isArray(schema.type)) {
        return {oneOf: schema.type.map((type) => asGrammar({...schema, type}))};
    }
    const kept = {};
    for (const [key, value] of Object.entries(schema)) {
        if (key === "properties" || key === "$defs") {
            kept[key] = Object.fromEntries(Object.entries(value).map(([of, each]) => [of, asGrammar(each)]));
        } else if (key === "anyOf") {
            kept.oneOf = asGrammar(value);
        } else if (KNOWN.has(key)) {
            kept[key] = key === "enum" || key === "required" ? value : asGrammar(value);
        }
    }
    return kept;
}

const plain = (content) =>
    typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");

// Both doors say the same things under other names; from here on there is one shape.
function asked(body, isResponses) {
    const given = isResponses
        ? typeof body.input === "string" ? [{role: "user", content: body.input}] : body.input ?? []
        : body.messages ?? [];
    const turns = given.map(({role, content}) => ({role, text: plain(content)}));
    if (isResponses && body.instructions) turns.unshift({role: "system", text: body.instructions});
    const format = isResponses ? body.text?.format : body.response_format;
    return {
        system: turns.filter(({role}) => role === "system" || role === "developer").map(({text}) => text).join("\n\n"),
        talk: turns.filter(({role}) => role === "user" || role === "assistant"),
        schema: format?.type === "json_schema" ? (format.json_schema ?? format).schema : undefined,
        anyJson: format?.type === "json_object",
        most: (isResponses ? body.max_output_tokens : body.max_completion_tokens ?? body.max_tokens) ?? 256,
        warmth: body.temperature ?? 0.6,
    };
}

function sequenceFor(beginning) {
    let sequence = kept.get(beginning);
    if (!sequence) {
        const oldest = kept.keys().next().value;
        sequence = kept.size < TASKS ? context.getSequence() : kept.get(oldest);
        if (kept.size >= TASKS) kept.delete(oldest);
    }
    kept.delete(beginning);
    kept.set(beginning, sequence);
    return sequence;
}

// One at a time: there are two processors, and a person waits for each.
let queue = Promise.resolve();
function inTurn(work) {
    const mine = queue.then(work);
    queue = mine.catch(() => {});
    return mine;
}

function write({system, talk, schema, anyJson, most, warmth}, signal) {
    return inTurn(async () => {
        signal.throwIfAborted();
        const sequence = sequenceFor(system);
        const before = sequence.tokenMeter.getState();
        const session = new LlamaChatSession({contextSequence: sequence, autoDisposeSequence: false});
        const history = talk.slice(0, -1).map(({role, text}) =>
            role === "user" ? {type: "user", text} : {type: "model", response: [text]});
        session.setChatHistory(system ? [{type: "system", text: system}, ...history] : history);
        const grammar = schema
            ? await llama.createGrammarForJsonSchema(asGrammar(schema))
            : anyJson ? await llama.getGrammarFor("json") : undefined;
        try {
            const {responseText, stopReason} = await session.promptWithMeta(talk.at(-1)?.text ?? "", {
                grammar, maxTokens: most, temperature: warmth, seed: SEED, signal,
            });
            const read = [system, ...talk.map(({text}) => text)].join("\n");
            const prompt = model.tokenize(read).length;
            const {usedInputTokens} = sequence.tokenMeter.diff(before);
            return {
                text: responseText,
                isCut: stopReason === "maxTokens",
                prompt,
                cached: Math.max(prompt - usedInputTokens, 0),
                written: model.tokenize(responseText).length,
            };
        } finally {
            session.dispose({disposeSequence: false});
        }
    });
}

const now = () => Math.floor(Date.now() / 1000);

function chatAnswer(id, {text, isCut, prompt, cached, written}) {
    return {
        id, object: "chat.completion", created: now(), model: name,
        choices: [{
            index: 0, logprobs: null, finish_reason: isCut ? "length" : "stop",
            message: {role: "assistant", content: text, refusal: null},
        }],
        usage: {
            prompt_tokens: prompt, completion_tokens: written, total_tokens: prompt + written,
            prompt_tokens_details: {cached_tokens: cached},
        },
    };
}

function response(id, {text, isCut, prompt, cached, written}) {
    return {
        id, object: "response", created_at: now(), model: name, status: isCut ? "incomplete" : "completed",
        incomplete_details: isCut ? {reason: "max_output_tokens"} : null, error: null,
        parallel_tool_calls: false, tool_choice: "none", tools: [],
        output: [{
            id: `msg_${id}`, type: "message", role: "assistant", status: "completed",
            content: [{type: "output_text", text, annotations: []}],
        }],
        usage: {
            input_tokens: prompt, output_tokens: written, total_tokens: prompt + written,
            input_tokens_details: {cached_tokens: cached}, output_tokens_details: {reasoning_tokens: 0},
        },
    };
}

const hand = (out, status, body) => {
    if (out.destroyed) return;
    out.writeHead(status, {"content-type": "application/json"});
    out.end(JSON.stringify(body));
};
const refuse = (out, status, message) =>
    hand(out, status, {error: {message, type: "invalid_request_error", param: null, code: null}});

async function serve(request, out) {
    if (request.method === "GET" && request.url === "/v1/models") {
        return hand(out, 200, {object: "list", data: [{id: name, object: "model", created: 0, owned_by: "local"}]});
    }
    const isResponses = request.url === "/v1/responses";
    if (request.method !== "POST" || (!isResponses && request.url !== "/v1/chat/completions")) {
        return refuse(out, 404, "there is nothing here");
    }
    let read = "";
    for await (const piece of request) read += piece;
    const body = JSON.parse(read);
    if (body.stream) return refuse(out, 400, "this server does not stream");
    const left = new AbortController();
    out.on("close", () => left.abort());
    const id = randomUUID();
    const answer = await write(asked(body, isResponses), left.signal);
    hand(out, 200, isResponses ? response(id, answer) : chatAnswer(id, answer));
}

createServer((request, out) =>
    serve(request, out).catch((failure) => refuse(out, 500, String(failure?.message ?? failure))),
).listen(Number(port), "127.0.0.1", function () { console.log(`ready ${this.address().port}`); });
