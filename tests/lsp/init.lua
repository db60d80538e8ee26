-- A session in Neovim 0.7 or later, as tests/lsp/test_neovim.py runs it: what happens goes to $KG_SAID.
local said = {}
local function say(what) table.insert(said, what) end
local function finish() vim.fn.writefile({ vim.json.encode(said) }, vim.env.KG_SAID); vim.cmd("qall!") end

vim.opt.swapfile = false
vim.api.nvim_create_autocmd("FileType", {
  pattern = "yaml",
  once = true, -- a second client would be asked, too, before it is ready
  callback = function(args)
    local found = vim.fs and vim.fs.find("kg.yaml", { upward = true, path = args.file })[1]
    local root = found and vim.fn.fnamemodify(found, ":p:h") or vim.fn.getcwd()
    local id = vim.lsp.start_client({ name = "kg", cmd = { vim.env.KG_PYTHON, "-m", "kg", "lsp" }, root_dir = root })
    vim.lsp.buf_attach_client(args.buf, id)
  end,
})

local function request(method, params)
  local answers, err = vim.lsp.buf_request_sync(0, method, params, 30000)
  if err then say({ error = err }) return nil end
  for _, answer in pairs(answers or {}) do return answer.result end
end

local ok, problem = pcall(function()
  vim.cmd("filetype on")
  vim.cmd("edit facts/claims.yaml")
  vim.bo.filetype = "yaml"
  vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end, 50)
  for _, each in ipairs(vim.diagnostic.get(0)) do
    say({ code = each.code, line = each.lnum, column = each.col })
  end
  local line = vim.fn.search("subject: bel")
  vim.api.nvim_win_set_cursor(0, { line, vim.fn.getline(line):find("subject: bel") - 1 + #"subject: bel" })
  local params = vim.lsp.util.make_position_params()
  local found = request("textDocument/completion", params)
  for _, item in ipairs(found and (found.items or found) or {}) do say({ offered = item.label }) end
  vim.lsp.buf.rename("belmark-renamed")
  vim.wait(30000, function() return vim.fn.search("belmark-renamed", "n") > 0 end, 50)
  vim.cmd("wall")
  say({ renamed = vim.fn.getline(line) })
end)
if not ok then say({ error = tostring(problem) }) end
finish()
