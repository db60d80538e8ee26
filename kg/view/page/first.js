// ---- first of all: with scripts, the tables wait behind their button, and are not laid out now --
document.documentElement.classList.remove("plain");
