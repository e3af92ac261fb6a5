;;; session.el --- A session in Emacs, told as JSON -*- lexical-binding: t; -*-

;; emacs --batch -q -L editors/emacs -l session.el OUTPUT COMMANDS FILE...
;; COMMANDS is a JSON list that has, for each file, a list of
;; ["mark"], ["hover", WORDS], ["act", WORDS, TITLE] and ["fix"].

;;; Code:

(require 'cl-lib)
(require 'json)
(require 'eglot)
(require 'flymake)
(require 'followup-lint)
(require 'markdown-mode nil t)

(setq make-backup-files nil
      create-lockfiles nil
      eglot-sync-connect 30
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      flymake-no-changes-timeout 0.05)

(defun session-until (look)
  "Return what LOOK does, as soon as that is something."
  (let ((end (+ (float-time) 60)) seen)
    (while (not (setq seen (funcall look)))
      (when (> (float-time) end)
        (error "Waited in vain"))
      (accept-process-output nil 0.02))
    seen))

(defun session-place (point)
  "Return line and column of POINT, both from 1."
  (save-excursion
    (goto-char point)
    (list (line-number-at-pos) (1+ (- point (line-beginning-position))))))

(defun session-code (diagnostic)
  "Return the rule of a DIAGNOSTIC."
  (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data diagnostic)) :code))

(defun session-seen ()
  "Return the diagnostics that are of the text as it is now."
  (flymake-start)
  (mapcar (lambda (each)
            (vconcat (session-place (flymake-diagnostic-beg each))
                     (session-place (flymake-diagnostic-end each))
                     (list (session-code each))))
          (flymake-diagnostics)))

(defun session-mark ()
  "Return the diagnostics, once they stay the same for a while."
  (let (before (same 0) (started nil))
    (session-until
     (lambda ()
       (let ((now (session-seen)))
         (setq started (or started now)
               same (if (equal now before) (1+ same) 0)
               before now)
         (and started (> same 15)))))
    (vconcat before)))

(defun session-hover (words)
  "Return what is told at WORDS."
  (goto-char (point-min))
  (search-forward words)
  (backward-char)
  (let (told)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq told text)))
    (substring-no-properties (session-until (lambda () told)))))

(defun session-act (words title)
  "At WORDS choose the action whose title has TITLE in it; save, and return the text."
  (goto-char (point-min))
  (search-forward words)
  (goto-char (match-beginning 0))
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _)
               (cl-some (lambda (choice)
                          (let ((name (if (consp choice) (car choice) choice)))
                            (and (string-match-p (regexp-quote title) name) name)))
                        choices)))
            (last-nonmenu-event ?x))
    (eglot-code-actions (point) nil nil t))
  (session-save))

(defun session-fix ()
  "Mend all that is safe; save, and return the text."
  (followup-lint-fix)
  (session-save))

(defun session-save ()
  "Save, and return what is on disk."
  (save-buffer)
  (let ((file buffer-file-name))
    (with-temp-buffer
      (insert-file-contents file)
      (buffer-string))))

(defun session-run (commands file)
  "Do COMMANDS with FILE and return what came of each."
  (find-file file)
  (followup-lint-ensure)
  (unless (eglot-current-server)
    (apply #'eglot (eglot--guess-contact)))
  (unless (eglot-managed-p)
    (eglot--maybe-activate-editing-mode))
  (prog1
      (mapcar (lambda (command)
                (apply (intern (concat "session-" (car command))) (cdr command)))
              commands)
    (set-buffer-modified-p nil)
    (kill-buffer)))

(let* ((output (pop command-line-args-left))
       (json-array-type 'list)
       (commands (json-read-from-string (pop command-line-args-left)))
       (told (cl-mapcar (lambda (each file) (cons (file-name-nondirectory file) (session-run each file)))
                        commands command-line-args-left))
       (coding-system-for-write 'utf-8))
  (setq command-line-args-left nil)
  (with-temp-file output
    (insert (json-encode (mapcar (lambda (each) (cons (car each) (vconcat (cdr each)))) told)))))

;;; session.el ends here
