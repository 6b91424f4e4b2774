import Estate
import enum Journal.JSONValue
import Screen

extension FormLayer {
    /// Sends the form, unless something has to be looked at first: what has changed since it was opened, a highlighted
    /// completion that is one of several, a short form with several meanings, a missing value.
    mutating func submit(_ context: Context) -> LayerResult {
        let (typed, isDoubtful) = (fields[current].input.text, fields[current].isDoubtful)
        let isTaken = takeHighlighted()
        // What is sent is what the form proposes for the completed value.
        if isTaken { propose(context) }
        let isRecorded = context.holdsReceipt(for: key)
        if isObsolete, !isRecorded {
            trouble = context(FormLayer.obsolete)
            return .handled()
        }
        if let change, !isRecorded {
            trouble = context(change)
            self.change = nil
            return .handled()
        }
        if isTaken, isDoubtful {
            let shown = fields[current].shown(context.language)
            trouble = context(
                Label(
                    "“\(typed)”填成了“\(shown)”：核对后再提交",
                    en: "“\(typed)” became “\(shown)”: look at it, then submit again"))
            return .handled()
        }
        for index in asked where !resolve(index, context) { return .handled() }
        for index in asked where fields[index].description.isRequired && fields[index].value.isEmpty {
            let field = fields[index].description
            show(
                Refusal(
                    .input, "field.missing", "缺少必填项：\(field.label.chinese)",
                    en: "a required field is missing: \(field.label.english)", field: field.key), context)
            return .handled()
        }
        var members = request.fixed.mapValues { JSONValue.string($0) }
        for index in asked where !fields[index].value.isEmpty {
            members[fields[index].description.key] = .string(fields[index].value)
        }
        do {
            let read = try action.read(members, context.present)
            let key = try IdempotencyKey(key, of: action.name, [members])
            return .handled([.effect(.perform([read], done: action.label, then: request.then, key: key))])
        } catch let refusal as Refusal {
            show(refusal, context)
        } catch {
            trouble = "\(error)"
        }
        return .handled()
    }

    /// Replaces what was typed by the one value that it can mean. With several it says which, and is `false`.
    ///
    /// Concerns fields with known values or a list of words, in which initials such as `wm` are no value.
    private mutating func resolve(_ index: Int, _ context: Context) -> Bool {
        let (field, type) = (fields[index], fields[index].description.type)
        if field.isChoice || field.taken != nil || field.value.isEmpty { return true }
        let candidates = candidates(of: index, context)
        if !type.isOfKnown, doubts(index, candidates, context) { return false }
        guard type.isOfKnown || type.isOfWorker || !candidates.isEmpty else { return true }
        for element in field.elements where type.isOfKnown || element.isLatin {
            let found = Completion.fitting(element, field.description, candidates, context)
            if type.reads(element, among: found) || found.contains(where: { type.isValue(element, of: $0) }) {
                continue
            }
            let exact = found.filter(\.isExact)
            let meant = exact.isEmpty ? found : exact
            if meant.isEmpty { continue }
            if Set(meant.map(\.value)).count == 1 {
                fields[index].replace(element, by: meant[0])
                continue
            }
            enter(index, context)
            trouble = nil
            let names = meant.prefix(4).map { "\($0.text) \($0.detail)".trimmed }
            let more = meant.count > 4 ? "…" : ""
            fields[index].error = context(
                Label(
                    "“\(element)”可指：\(names.joined(separator: "、"))\(more)，请选一项",
                    en: "“\(element)” may be \(names.joined(separator: ", "))\(more): choose one"))
            return false
        }
        return true
    }

    /// Doubts a text of one or two small letters that fits no word of the field: initials of something else. The same
    /// text, sent once more, is taken as it is.
    private mutating func doubts(_ index: Int, _ candidates: [Candidate], _ context: Context) -> Bool {
        let field = fields[index]
        let isOfWords = field.description.type == .text || field.description.type.isOfWorker
        guard isOfWords, let element = field.elements.first(where: \.isInitials), accepted[index] != field.value,
            Completion.fitting(element, field.description, candidates, context).isEmpty
        else { return false }
        accepted[index] = field.value
        enter(index, context)
        trouble = nil
        fields[index].error = context(
            Label(
                "“\(element)”只有字母：请写全；确实如此就再提交一次", en: "“\(element)” is letters only: write it out, or submit once more"
            ))
        return true
    }

    /// Shows a refusal at the field that it is about. The input stays.
    mutating func show(_ refusal: Refusal, _ context: Context) {
        let text = context(refusal.code == "key.reused" ? FormLayer.recordedOtherwise : refusal.message)
        if let index = fields.firstIndex(where: { $0.description.key == refusal.field }) {
            fields[index].error = text
            current = index
            trouble = nil
        } else {
            trouble = text
        }
    }
}

extension FormLayer {
    /// The form was sent before with other values, and that was recorded.
    private static let recordedOtherwise = Label(
        "这份表单先前已按原来的内容记录，没有再记；请按 Esc 核对，需要时另填一份",
        en:
            "this form was recorded before with other values, nothing more was: Esc, look at it, fill in another if need be"
    )
}

extension String {
    /// Whether the text is one or two small letters, as initials are typed.
    fileprivate var isInitials: Bool { (1...2).contains(count) && allSatisfy { $0.isASCII && $0.isLowercase } }

    /// Whether the text consists of Latin letters, as pinyin and initials do.
    fileprivate var isLatin: Bool { !isEmpty && halfwidth.allSatisfy { $0.isASCII && $0.isLetter } }
}
