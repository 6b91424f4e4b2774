import Estate
import struct Journal.Verification

extension Session {
    /// So much of the journal has been checked.
    mutating func verified(_ share: Double) { verifying = share }

    /// The check of the journal is over: what is intact is said in passing, what is damaged is shown until it is read.
    mutating func verified(_ result: Result<Verification, Refusal>, in folder: String, _ context: Context) {
        verifying = nil
        switch result {
        case .success(let found) where found.isComplete:
            damages = found.damages
            if damages.isEmpty {
                say(context(found.intact), context)
            } else {
                unseen = DamageLayer(found, in: folder)
                showUnseen()
                if unseen != nil { say(context(damages.alarm), isTrouble: true, context) }
            }
        case .success: break
        case .failure(let refusal): say(context(refusal.message), isTrouble: true, context)
        }
    }

    /// Nothing comes between somebody and what is being typed.
    mutating func showUnseen() {
        guard let layer = unseen, layers.isEmpty, !focused.takesText else { return }
        unseen = nil
        open(layer)
    }
}

extension Verification {
    /// That all is as it was written.
    fileprivate var intact: Label {
        let count = lines.grouped
        return mirror == nil
            ? Label("日志完好：\(count) 行", en: "the journal is intact: \(count) lines")
            : Label("日志与镜像完好：\(count) 行", en: "the journal and its mirror are intact: \(count) lines")
    }
}
