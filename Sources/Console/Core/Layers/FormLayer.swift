import Estate
import enum Journal.JSONValue
import Screen

/// A form for an action, made from the action's fields.
struct FormLayer: AskingLayer {
    let action: any Action.Type
    private(set) var fields: [FormField]
    /// Values that are not asked for, by field key.
    private let fixed: [String: String]
    let title: Label
    /// What was done, for the status line.
    let done: Label
    private(set) var current = 0
    /// Whether closing the form would lose input.
    private var hasChanged = false
    private var isLeaving = false
    /// An error that concerns no single field.
    private(set) var trouble: String?

    init(
        _ request: FormRequest, _ context: Context, recent: [String: [String]] = [:]
    ) {
        let action = request.action
        (self.action, fixed, title) = (action, request.fixed, request.title ?? action.label)
        done = request.done ?? action.label
        fields = action.description.filter { request.fixed[$0.key] == nil }.map { description in
            var description = description
            if request.required.contains(description.key) { description.isRequired = true }
            // Values from the estate are preferred to those typed at this console, as they carry details.
            let known = action.earlier(description.key, in: context.estate).map { Completion($0) }
            let earlier = known.isEmpty ? recent[description.key, default: []].map { Completion($0) } : known
            return FormField(description, prefill: request.prefill[description.key], earlier: earlier)
        }
        // The first field that is empty.
        current = asked.first { fields[$0].value.isEmpty } ?? asked.first ?? 0
        complete(context)
    }

    /// The form of a draft; `nil` if this program does not have the action.
    init?(_ draft: Draft, _ context: Context) {
        guard let action = try? Estate.action(named: draft.action) else { return nil }
        self.init(
            FormRequest(
                action: action, prefill: draft.answers.mapValues(\.text), fixed: draft.fixed, title: draft.title),
            context)
        for index in fields.indices {
            guard let answer = draft.answers[fields[index].description.key], let value = answer.value else { continue }
            fields[index].taken = Completion(value, text: answer.text, detail: answer.detail)
        }
        hasChanged = true
        dropCompletions()
    }

    /// The draft of the unsent form; `nil` if closing it would lose nothing.
    func draft(of staff: String) -> Draft? {
        guard hasChanged else { return nil }
        var answers: [String: Draft.Answer] = [:]
        for field in fields where !field.value.isEmpty {
            answers[field.description.key] = Draft.Answer(
                text: field.isChoice ? field.value : field.input.text, value: field.taken?.value,
                detail: field.taken?.detail ?? "")
        }
        return Draft(staff: staff, action: action.name, title: title, fixed: fixed, answers: answers)
    }

    /// The text of the free-text fields that have no candidates of their own, by field key.
    func texts(_ context: Context) -> [String: String] {
        let free = fields.filter {
            $0.description.type == .text && !$0.input.isEmpty && $0.description.candidates(context.estate).isEmpty
        }
        return Dictionary(uniqueKeysWithValues: free.map { ($0.description.key, $0.input.text.trimmed) })
    }

    /// The fields that are asked for now, as indices of ``fields``.
    var asked: [Int] {
        let values = Dictionary(uniqueKeysWithValues: fields.map { ($0.description.key, $0.value) })
        return fields.indices.filter { action.asks(for: fields[$0].description.key, with: values) }
    }

    /// The errors and cautions of fields, by their indices.
    func remarks(_ context: Context) -> [Int: Line] {
        var values = fixed
        for field in fields { values[field.description.key] = field.value }
        let cautions = action.cautions(with: values, by: context.member?.code ?? "", in: context.estate)
        var remarks: [Int: Line] = [:]
        for (index, field) in fields.enumerated() {
            if let error = field.error {
                remarks[index] = [Span("✗ ", .danger), Span(error, .danger)]
            } else if let caution = cautions[field.description.key] {
                remarks[index] = [Span("! ", .warning), Span(context(caution), .warning)]
            }
        }
        return remarks
    }

    // MARK: Keys

    mutating func handle(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .paste(let text) where fields[current].isChoice:
            return choose(text, context) { $0.choose(by: text, context.language) }
        case .paste(let text):
            fields[current].paste(text)
            changed(context)
        case .key(let key): return press(key, context)
        default: return .ignored
        }
        return .handled()
    }

    private mutating func press(_ key: Key, _ context: Context) -> LayerResult {
        let field = fields[current]
        if key != .escape, isLeaving { (isLeaving, trouble) = (false, nil) }
        switch key {
        case .escape:
            if !field.completions.isEmpty, !field.input.isEmpty {
                dropCompletions()
            } else if isLeaving || !hasChanged {
                return .dismissed()
            } else {
                isLeaving = true
                trouble = context(Label("再按 Esc 放弃所填内容", en: "Esc once more gives up what was filled in"))
            }
        case .control("s"): return submit(context)
        case .control("p") where !field.earlier.isEmpty: recall(1, context)
        case .control("n") where !field.earlier.isEmpty: recall(-1, context)
        case .enter:
            if takeCompletion(context) { return .handled() }
            if current == asked.last { return submit(context) }
            move(1, context)
        case .tab: move(1, context)
        case .backTab: move(-1, context)
        case .down:
            if field.completions.isEmpty { move(1, context) } else { stepCompletion(1) }
        case .up:
            if field.completion ?? 0 > 0 { stepCompletion(-1) } else { move(-1, context) }
        case .left where field.isChoice: choose(-1)
        case .right where field.isChoice, .character(" ") where field.isChoice, .character("　") where field.isChoice:
            choose(1)
        default:
            var input = field.input
            guard input.handle(key) else { return .ignored }
            if field.isChoice { return choose(key.description, context) { $0.choose(by: key, context.language) } }
            if fields[current].type(key) { changed(context) }
        }
        return .handled()
    }

    /// Chooses by typed text; reports a text that matches no choice.
    private mutating func choose(
        _ typed: String, _ context: Context, by choose: (inout FormField) -> Bool
    ) -> LayerResult {
        let before = fields[current].choice
        guard choose(&fields[current]) else {
            let words = Label("没有这一项：\(typed)（←→ 选择）", en: "\(typed) is none of these (←→ chooses)")
            return .handled([.error(words)])
        }
        if fields[current].choice != before { changed(context) }
        return .handled()
    }

    private mutating func choose(_ step: Int) {
        fields[current].choose(step)
        hasChanged = true
        fields[current].error = nil
        trouble = nil
    }

    private mutating func move(_ step: Int, _ context: Context) {
        takeSole()
        dropCompletions()
        if fields[current].isChoice { fields[current].input = TextInput() } else { fields[current].check(context) }
        let asked = asked
        let place = asked.firstIndex(of: current) ?? 0
        current = asked[(place + step + asked.count) % asked.count]
        complete(context)
    }

    private mutating func changed(_ context: Context) {
        hasChanged = true
        fields[current].error = nil
        fields[current].checkHalf(context)
        trouble = nil
        complete(context)
    }

    private mutating func recall(_ step: Int, _ context: Context) {
        dropCompletions()
        fields[current].recall(step)
        hasChanged = true
        trouble = nil
    }

    // MARK: Completions

    private mutating func complete(_ context: Context) {
        let field = fields[current]
        let found = field.isChoice ? [] : Completion.fitting(field.input.text, field.description, context)
        let isTaken =
            field.taken != nil || field.isElementComplete || found.contains { $0.text == field.input.text }
        let offered = isTaken ? [] : found
        fields[current].completions = Array((offered + field.earlierFitting).prefix(Completion.most))
        // Enter takes no completion in an empty field, nor if all are only earlier input: another value may be meant.
        fields[current].completion = field.input.isEmpty || offered.isEmpty ? nil : 0
    }

    private mutating func dropCompletions() {
        fields[current].completions = []
        fields[current].completion = nil
    }

    private mutating func stepCompletion(_ step: Int) {
        let count = fields[current].completions.count
        fields[current].completion = fields[current].completion.map { min(count - 1, max(0, $0 + step)) } ?? 0
    }

    /// Takes the selected completion and moves on, except in a list and in the last field.
    private mutating func takeCompletion(_ context: Context) -> Bool {
        let field = fields[current]
        guard let index = field.completion, field.completions.indices.contains(index) else { return false }
        take(field.completions[index])
        if !field.description.type.isList, current != asked.last { move(1, context) }
        return true
    }

    /// Takes the only completion that the typed text can mean.
    private mutating func takeSole() {
        if let sole = fields[current].sole { take(sole) }
    }

    private mutating func take(_ completion: Completion) {
        fields[current].take(completion)
        hasChanged = true
        for place in asked where place != current {
            if let value = completion.others[fields[place].description.key] { fields[place].fill(value) }
        }
        dropCompletions()
    }

    // MARK: Submitting

    private mutating func submit(_ context: Context) -> LayerResult {
        takeSole()
        for index in asked where fields[index].description.isRequired && fields[index].value.isEmpty {
            let field = fields[index].description
            show(
                Refusal(
                    .input, "field.missing", "缺少必填项：\(field.label.chinese)",
                    en: "a required field is missing: \(field.label.english)", field: field.key), context)
            return .handled()
        }
        var members = fixed.mapValues { JSONValue.string($0) }
        for index in asked where !fields[index].value.isEmpty {
            members[fields[index].description.key] = .string(fields[index].value)
        }
        do {
            let read = try action.read(members, context.present)
            return .handled([.perform(read, done: action.label)])
        } catch let refusal as Refusal {
            show(refusal, context)
        } catch {
            trouble = "\(error)"
        }
        return .handled()
    }

    /// Shows a refusal at the field that it is about. The input stays.
    mutating func show(_ refusal: Refusal, _ context: Context) {
        let text = context(refusal.message)
        if let index = fields.firstIndex(where: { $0.description.key == refusal.field }) {
            fields[index].error = text
            current = index
            trouble = nil
        } else {
            trouble = text
        }
    }
}
