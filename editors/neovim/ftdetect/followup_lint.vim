" Older Neovims do not know what an .eml file is.
autocmd BufNewFile,BufRead *.eml setfiletype mail
