import Estate
import struct Journal.Verification

extension Session {
    /// Handles the result of a journal check: reports an intact journal in the status bar and damage in a layer.
    mutating func verified(_ result: Result<Verification, Refusal>, in folder: String, _ context: Context) {
        verifying = nil
        switch result {
        case .success(let found) where found.isComplete:
            damages = found.damages
            if damages.isEmpty {
                say(context(found.intact), context)
            } else {
                pendingReport = DamageLayer(found, in: folder)
                showPendingReport(context)
                if pendingReport != nil { say(context(damages.alarm), isError: true, context) }
            }
        case .success: break
        case .failure(let refusal): say(context(refusal.message), isError: true, context)
        }
    }

    /// Shows a damage report as soon as no layer is open and nothing is being typed.
    mutating func showPendingReport(_ context: Context) {
        guard let layer = pendingReport, layers.isEmpty, !focused.takesText else { return }
        pendingReport = nil
        open(layer, context)
    }
}

extension Verification {
    fileprivate var intact: Label {
        let count = lines.grouped
        return mirror == nil
            ? Label("日志完好：\(count) 行", en: "the journal is intact: \(count) lines")
            : Label("日志与镜像完好：\(count) 行", en: "the journal and its mirror are intact: \(count) lines")
    }
}
