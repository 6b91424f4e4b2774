import Estate
import struct Journal.EntryID
import enum Journal.JSONValue
import Screen

/// A form for an action, made from the action's fields.
struct FormLayer: AskingLayer {
    let action: any Action.Type
    var fields: [FormField]
    /// What the form was opened with: its title, its first values and those that it does not ask for.
    var request: FormRequest
    var title: Label { request.title ?? action.label }
    /// What was done, for the status line.
    var done: Label { request.done ?? action.label }
    /// Its idempotency key, also in its draft: however often the form is sent, it is recorded once.
    let key: String
    var current = 0
    /// Whether closing the form would lose input.
    var hasChanged = false
    private var isLeaving = false
    /// An error that concerns no single field.
    var trouble: String?
    /// What has changed since the form was opened; it is shown once more before the form is sent.
    var change: Label?
    /// Whether what the form was opened on has been dealt with elsewhere, so that it must not be sent.
    var isObsolete = false
    /// The texts that were doubted once, by field: sent again, they are taken as they are.
    var accepted: [Int: String] = [:]
    /// The last proposals of the action, by field key.
    private var proposed: [String: String] = [:]
    /// What the action would have come to after the last key.
    private var outlooked: [OutlookRow] = []
    /// The own candidates of the current field.
    private var candidates: [Candidate] = []

    init(
        _ request: FormRequest, _ context: Context, recent: [String: [String]] = [:], key: String? = nil
    ) {
        self.key = key ?? EntryID(at: context.now).text
        let action = request.action
        (self.action, self.request) = (action, request)
        let descriptions = action.description.filter { request.fixed[$0.key] == nil }
        let leading = action.leading.compactMap { key in descriptions.first { $0.key == key } }
        fields = (leading + descriptions.filter { !action.leading.contains($0.key) }).map { description in
            var description = description
            let isRequired = action.leading.contains(description.key) || request.required.contains(description.key)
            if isRequired { description.isRequired = true }
            // Values from the estate are preferred to those typed at this console, as they carry details.
            let known = action.earlier(description.key, in: context.estate, at: context.now).map {
                Completion($0, context)
            }
            let earlier = known.isEmpty ? recent[description.key, default: []].map { Completion($0) } : known
            return FormField(
                description, prefill: request.prefill[description.key], earlier: earlier,
                isNumbered: action.numbered.contains(description.key))
        }
        propose(context)
        outlooked = outlook(context)
        // What the request says; the first field that must be filled in, else a proposal, which may be changed, else the
        // first empty field.
        let asked = asked
        let first =
            asked.first { fields[$0].description.key == request.first }
            ?? asked.first { fields[$0].value.isEmpty && fields[$0].description.isRequired }
            ?? asked.first { fields[$0].isProposed } ?? asked.first { fields[$0].value.isEmpty }
        enter(first ?? asked.first ?? 0, context)
    }

    /// The form of a draft; `nil` if this program does not have the action.
    init?(_ draft: Draft, _ context: Context) {
        guard let action = try? Estate.action(named: draft.action) else { return nil }
        self.init(
            FormRequest(
                action: action, prefill: draft.answers.mapValues(\.text), fixed: draft.fixed, title: draft.title),
            context, key: draft.key)
        for index in fields.indices {
            guard let answer = draft.answers[fields[index].description.key], let value = answer.value else { continue }
            fields[index].taken = Completion(value, text: answer.text, detail: answer.detail)
        }
        hasChanged = true
        outlooked = outlook(context)
        fields[current].dropCompletions()
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
        return Draft(
            staff: staff, action: action.name, title: title, fixed: request.fixed, answers: answers, key: key)
    }

    /// The text of the free-text fields that have no candidates of their own, by field key.
    func texts(_ context: Context) -> [String: String] {
        let free = fields.indices.filter {
            fields[$0].description.type == .text && !fields[$0].input.isEmpty && candidates(of: $0, context).isEmpty
        }.map { fields[$0] }
        return Dictionary(uniqueKeysWithValues: free.map { ($0.description.key, $0.input.text.trimmed) })
    }

    /// All values, by field key.
    var values: [String: String] {
        request.fixed.merging(fields.map { ($0.description.key, $0.value) }) { $1 }
    }

    /// The fields that are asked for now, as indices of ``fields``.
    var asked: [Int] {
        let values = values
        return fields.indices.filter { action.asks(for: fields[$0].description.key, with: values) }
    }

    /// The errors and cautions of fields, by their indices.
    func remarks(_ context: Context) -> [Int: Line] {
        let cautions = action.allCautions(with: values, by: context.member?.code ?? "", in: context.estate)
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
        let result = take(event, context)
        // What was recorded, although the answer did not come, is sent again as it is.
        if !context.holdsReceipt(for: key) { propose(context) }
        outlooked = outlook(context)
        return result
    }

    private mutating func take(_ event: Event, _ context: Context) -> LayerResult {
        switch event {
        case .paste(let text) where fields[current].isChoice:
            // No choice is that long.
            let word = String(text.prefix(80))
            return choose(word, context) { $0.choose(by: word, context.language) }
        case .paste(let text):
            fields[current].paste(text)
            changed(context)
        case .key(let key): return press(key, context)
        default: return .ignored
        }
        return .handled()
    }

    /// Ends the question whether to give the input up.
    mutating func stay() { if isLeaving { (isLeaving, trouble) = (false, nil) } }

    private mutating func press(_ key: Key, _ context: Context) -> LayerResult {
        let (isChoice, hasCompletions) = (fields[current].isChoice, !fields[current].completions.isEmpty)
        if key != .escape { stay() }
        switch key {
        case .escape:
            if hasCompletions, !fields[current].input.isEmpty, !fields[current].isAnswered {
                fields[current].dropCompletions()
            } else if isLeaving || !hasChanged {
                return .dismissed()
            } else {
                isLeaving = true
                trouble = context(Label("再按 Esc 放弃所填内容", en: "Esc once more gives up what was filled in"))
            }
        case .control("s"): return submit(context)
        case .control("p") where !fields[current].earlier.isEmpty: recall(1, context)
        case .control("n") where !fields[current].earlier.isEmpty: recall(-1, context)
        case .enter:
            if takesElsewhere(context) {
                complete(context)
            } else if takeHighlighted() {
                if !fields[current].description.type.isList, current != asked.last { move(1, context) }
            } else if current == asked.last {
                return submit(context)
            } else {
                move(1, context)
            }
        case .tab: move(1, context)
        case .backTab: move(-1, context)
        case .down:
            if hasCompletions, !fields[current].isAnswered { fields[current].highlight(1) } else { move(1, context) }
        case .up:
            if fields[current].completion ?? 0 > 0, !fields[current].isAnswered {
                fields[current].highlight(-1)
            } else {
                move(-1, context)
            }
        case .pageDown where hasCompletions: fields[current].highlight(FormLayer.page)
        case .pageUp where hasCompletions: fields[current].highlight(-FormLayer.page)
        case let key where fields[current].choose(numbered: key): chosen()
        case .left where isChoice: choose(-1)
        case .right where isChoice, .character(" ") where isChoice, .character("　") where isChoice: choose(1)
        default: return isChoice ? choose(by: key, context) : type(key, context)
        }
        return .handled()
    }

    /// The rows that PageUp and PageDown move in the suggestions.
    private static let page = 6

    private mutating func type(_ key: Key, _ context: Context) -> LayerResult {
        // The next element of a list begins: the highlighted completion is the one before it.
        if case .character(let sign) = key, fields[current].description.type.isList, Completion.isSeparator(sign) {
            takeHighlighted()
        }
        guard let isChanged = fields[current].type(key) else { return .ignored }
        if isChanged || fields[current].input.hasOverflowed { changed(context) }
        return .handled()
    }

    private mutating func choose(by key: Key, _ context: Context) -> LayerResult {
        var input = fields[current].input
        guard input.handle(key) else { return .ignored }
        return choose(key.description, context) { $0.choose(by: key, context.language) }
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
        chosen()
    }

    private mutating func chosen() {
        hasChanged = true
        fields[current].error = nil
        trouble = nil
    }

    /// Chooses a value of the current field.
    mutating func choose(at index: Int) {
        while fields[current].choice != index { choose(1) }
    }

    /// Moves what was typed into the fields where it belongs: a plate that was typed for a name, the matter behind a unit.
    /// The caret stays.
    private mutating func takesElsewhere(_ context: Context) -> Bool {
        let field = fields[current]
        guard !field.isChoice, field.highlighted == nil else { return false }
        if splits(context) { return true }
        guard
            let key = action.place(of: field.value, typedFor: field.description.key, in: context.estate),
            let place = asked.first(where: { fields[$0].description.key == key }), fields[place].value.isEmpty
        else { return false }
        fields[place].fill(field.value)
        fields[current].paste("")
        fields[current].input = TextInput()
        return true
    }

    /// Gives each field its part of a line that tells several; those are empty so far.
    private mutating func splits(_ context: Context) -> Bool {
        let key = fields[current].description.key
        guard let parts = action.values(ofLine: fields[current].value, in: context.estate), let own = parts[key] else {
            return false
        }
        let others = asked.filter { $0 != current && parts[fields[$0].description.key] != nil }
        guard !others.isEmpty, others.allSatisfy({ fields[$0].value.isEmpty }) else { return false }
        fields[current].input = TextInput(own)
        for place in others { fields[place].fill(parts[fields[place].description.key] ?? "") }
        return true
    }

    private mutating func move(_ step: Int, _ context: Context) {
        leave(context)
        let asked = asked
        let place = asked.firstIndex(of: current) ?? 0
        enter(asked[(place + step + asked.count) % asked.count], context)
    }

    /// Leaves the current field: takes what is highlighted, and checks the value.
    mutating func leave(_ context: Context) {
        takeHighlighted()
        fields[current].dropCompletions()
        if fields[current].isChoice { fields[current].input = TextInput() } else { check(context) }
    }

    /// Shows what is wrong with the value of the current field: it cannot be read, or what it names is not there. Says
    /// where an amount belongs that was typed for a month or a day.
    private mutating func check(_ context: Context) {
        fields[current].check(context)
        let (field, description) = (fields[current], fields[current].description)
        if let error = field.error { return fields[current].error = context(hinting(at: error, field, context)) }
        guard !field.value.trimmed.isEmpty, !action.introduces.contains(description.key),
            let value = try? description.normalise(field.value, context.present)
        else { return }
        do { try description.check(value, context.estate) } catch {
            fields[current].error = (error as? Refusal).map { context($0.message) }
        }
    }

    private func hinting(at error: String, _ field: FormField, _ context: Context) -> Label {
        guard [.period, .date, .week].contains(field.description.type),
            (try? Money(text: field.value, zone: context.estate.zone)) != nil,
            let amount = asked.first(where: { fields[$0].description.type == .amount })
        else { return Label(error, en: error) }
        let label = fields[amount].description.label
        return Label("\(error)；钱数请填在“\(label.chinese)”", en: "\(error); money goes into “\(label.english)”")
    }

    /// Makes a field the current one.
    mutating func enter(_ index: Int, _ context: Context) {
        current = index
        candidates = candidates(of: index, context)
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
        fields[current].dropCompletions()
        fields[current].recall(step)
        hasChanged = true
        trouble = nil
    }

    // MARK: Proposals

    /// What the action would come to with the values so far.
    func outlook(_ context: Context) -> [OutlookRow] {
        action.outlook(with: values, in: context.estate, at: context.now)
    }

    /// Replaces the action's former proposals by those for the values so far, but nothing that was typed. Returns what has
    /// changed.
    @discardableResult
    mutating func propose(_ context: Context) -> [Label] {
        let proposals = action.proposals(
            with: values, to: context.member?.code ?? "", in: context.estate, at: context.now)
        var changes: [Label] = []
        for index in fields.indices {
            let key = fields[index].description.key
            let (before, after) = (proposed[key] ?? "", proposals[key] ?? "")
            guard before != after, fields[index].value == before else { continue }
            let shown = fields[index].input.text
            fields[index].propose(after, yields: true)
            // A record is shown by its words.
            if case .reference = fields[index].description.type,
                let known = candidates(of: index, context).first(where: { $0.value == after })
            {
                fields[index].take(Completion(known, context))
            }
            let (label, now) = (fields[index].description.label, fields[index].input.text)
            changes.append(Label("\(label.chinese) \(shown) → \(now)", en: "\(label.english) \(shown) → \(now)"))
        }
        proposed = proposals
        return changes
    }

    /// What has changed of the proposals, or else of what the action would come to, since the last key.
    mutating func renewProposals(_ context: Context) -> [Label] {
        let changes = propose(context)
        let former = outlooked
        outlooked = outlook(context)
        if !changes.isEmpty || outlooked == former { return changes }
        let changed = outlooked.first { !former.contains($0) } ?? outlooked.first
        return changed?.cells.first.map { [$0] } ?? []
    }

    // MARK: Completions

    /// A field's own candidates: those that the other values call for, else those of its type.
    func candidates(of index: Int, _ context: Context) -> [Candidate] {
        let description = fields[index].description
        let fitting = action.candidates(
            for: description.key, with: values, by: context.member?.code ?? "", in: context.estate)
        return action.due(description.key, in: context.estate, at: context.now)
            + (fitting.isEmpty ? description.candidates(context.estate) : fitting)
    }

    private mutating func complete(_ context: Context) {
        let field = fields[current]
        if field.isChoice { return }
        let text = field.offersAll ? "" : field.input.text
        fields[current].offer(Completion.fitting(text, field.description, candidates, context))
    }

    /// Takes the highlighted completion; `false` if there is none.
    @discardableResult
    mutating func takeHighlighted() -> Bool {
        guard let completion = fields[current].highlighted else { return false }
        fields[current].take(completion)
        fields[current].dropCompletions()
        hasChanged = true
        for place in asked where place != current {
            if let value = completion.others[fields[place].description.key] { fields[place].fill(value) }
        }
        return true
    }
}
