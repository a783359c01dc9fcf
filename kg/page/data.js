// First part of the page's script: its data.

const { page, nodes, edges, options } = JSON.parse(document.getElementById("data").textContent);
