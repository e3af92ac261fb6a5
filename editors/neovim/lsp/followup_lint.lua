-- Neovim 0.11 and newer: with editors/neovim on the 'runtimepath', vim.lsp.enable('followup_lint') does it.
-- Your own vim.lsp.config('followup_lint', {...}) goes before what stands here.
return {
  cmd = { 'followup-lint-lsp' },
  filetypes = { 'text', 'mail', 'markdown', 'yaml' },
  -- No folder is named, so that one server, with one language model in memory, serves all drafts. Each of them is
  -- checked with the settings and the messages that lie beside it all the same.
  root_dir = function(buffer, start)
    if require('followup_lint').is_ours(vim.api.nvim_buf_get_name(buffer), vim.bo[buffer].filetype) then
      start(nil)
    end
  end,
  settings = { followupLint = vim.empty_dict() },
}
