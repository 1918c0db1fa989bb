// Runs Pagefind's engine. It takes a part of the index that did not come for one in which no word stands; here that is
// told to the page, as is a part that is cut off or something else, such as a host's page about what is missing.
"use strict";
{
  const PATIENCE = 30_000; // ms
  const SIGNATURE = "pagefind_dcd";
  const { fetch } = self;

  const unpack = async (packed) => {
    const isPacked = new Uint8Array(packed)[0] === 0x1f; // else the host's own packing was undone on the way
    const stream = new Blob([packed]).stream();
    const part = isPacked ? await new Response(stream.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer() : packed;
    if (new TextDecoder().decode(part.slice(0, SIGNATURE.length)) !== SIGNATURE) throw new Error("no part of the index");
    return part;
  };
  self.fetch = async (address) => {
    try {
      const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
      if (!response.ok) throw new Error(response.statusText);
      return new Response(/\.json(\?|$)/.test(address) ? await response.text() : await unpack(await response.arrayBuffer()));
    } catch (error) {
      self.postMessage({ error: `${address}: ${error}` });
      throw error;
    }
  };
}
importScripts("../pagefind/pagefind-worker.js");
