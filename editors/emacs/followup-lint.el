;;; followup-lint.el --- Check messages after a job interview while you write them -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT
;; Version: 0.1.0
;; Package-Requires: ((emacs "26.3") (eglot "1.9"))
;; Keywords: mail, text

;;; Commentary:

;; Joins Eglot (in Emacs 29 and newer; a package before) to the server of
;; followup-lint.  Put this file on your `load-path' and say
;;
;;     (require 'followup-lint)
;;     (add-hook 'text-mode-hook #'followup-lint-ensure)
;;
;; Modes for mail and Markdown derive from `text-mode', so that is all.
;; `M-x eglot-code-actions' mends what is under point, `C-h .' or `M-x eldoc'
;; tells why, and `M-x followup-lint-fix' makes every safe repair.

;;; Code:

(require 'eglot)

(defgroup followup-lint nil
  "Check messages after a job interview."
  :group 'text
  :prefix "followup-lint-")

(defcustom followup-lint-command '("followup-lint-lsp")
  "The server and its arguments."
  :type '(repeat string))

(defcustom followup-lint-settings nil
  "Settings that go before those of a file, as a property list.
For example (:preset \"strict\" :ignore [\"emoji\"]); the keys are
:preset, :select, :ignore, :facts and :run."
  :type '(plist :key-type symbol :value-type sexp))

(defcustom followup-lint-modes '(text-mode mail-mode message-mode markdown-mode gfm-mode)
  "The major modes of drafts.
Set it before this file is loaded; leave out a mode that another server is for."
  :type '(repeat symbol))

(defun followup-lint-contact (&rest _)
  "Return what Eglot is to start."
  followup-lint-command)

(defun followup-lint-configuration (&rest _)
  "Return the settings as Eglot sends them."
  (list :followupLint followup-lint-settings))

;;;###autoload
(defun followup-lint-ensure ()
  "Check this buffer, if it is a draft in a file."
  (when (and buffer-file-name (memq major-mode followup-lint-modes))
    ;; That variable is the user's and the project's; ours is a value where they have none.
    (when (and followup-lint-settings (not (default-value 'eglot-workspace-configuration)))
      (setq-default eglot-workspace-configuration #'followup-lint-configuration))
    (eglot-ensure)))

(defun followup-lint-fix ()
  "Make every repair that is safe."
  (interactive)
  (eglot-code-actions (point-min) (point-max) "source.fixAll.followup-lint" t))

;; Eglot takes the first that fits a mode, and knows others for Markdown.
(add-to-list 'eglot-server-programs (cons followup-lint-modes #'followup-lint-contact))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.eml\\'" . text-mode))

;; Last, for those who have no mode for Markdown.
;;;###autoload
(add-to-list 'auto-mode-alist '("\\.md\\'" . text-mode) t)

(provide 'followup-lint)
;;; followup-lint.el ends here
