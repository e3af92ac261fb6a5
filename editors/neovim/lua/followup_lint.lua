-- For Neovim 0.7 to 0.10, which know no vim.lsp.enable(): require('followup_lint').setup{}
local M = {}

local FILETYPES = { 'text', 'mail', 'markdown', 'yaml' }

--- Whether a file may be ours: of YAML, only rule files are.
function M.is_ours(file, filetype)
  return filetype ~= 'yaml' or file:match('[/\\]rules[/\\][^/\\]+%.ya?ml$') ~= nil
end

local function attach(options, buffer)
  local file, filetype = vim.api.nvim_buf_get_name(buffer), vim.api.nvim_buf_get_option(buffer, 'filetype')
  if vim.api.nvim_buf_get_option(buffer, 'buftype') ~= '' or not M.is_ours(file, filetype) then
    return
  end
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == options.name then
      vim.lsp.buf_attach_client(buffer, client.id)
      return
    end
  end
  local id = vim.lsp.start_client(options)
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
end

--- Starts one server for all drafts, also for those that are open already. `options` are those of
--- vim.lsp.start_client(), and `filetypes`.
function M.setup(options)
  options = vim.tbl_deep_extend('keep', options or {}, {
    name = 'followup_lint',
    cmd = { 'followup-lint-lsp' },
    settings = { followupLint = vim.empty_dict() },
  })
  local filetypes = options.filetypes or FILETYPES
  options.filetypes = nil
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('followup_lint', {}),
    pattern = filetypes,
    callback = function(event)
      attach(options, event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local filetype = vim.api.nvim_buf_get_option(buffer, 'filetype')
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(filetypes, filetype) then
      attach(options, buffer)
    end
  end
end

return M
