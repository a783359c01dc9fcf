// First part of the map's script: its data, which is packed.

async function unpack(letters) {
  const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const read = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(read).text());
}

const { page, nodes, edges } = await unpack(document.getElementById("data").textContent);
document.getElementById("data").remove();
