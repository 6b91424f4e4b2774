import Estate
import Screen

extension MenuLayer {
    /// What is done with the dunning letters to households: printed, or recorded as served.
    init(lettersTo rows: [FeeList.Row], shown: [FeeList.Row], _ context: Context) {
        let whose = rows.count == 1 ? "\(rows[0].unit.text) \(rows[0].owner ?? "")" : "\(rows.count) 户"
        let english = rows.count == 1 ? whose : "\(rows.count) households"
        var items = [
            Item(
                label: Label("打印", en: "Print"), doc: Label("每户一张 A4，附回执", en: "a sheet of A4 each, with a receipt"),
                intents: [.printLetters(to: rows, context)]),
            Item(
                label: Label("登记送达", en: "Served"), doc: Label("方式、单号、签收人，一户接一户", en: "way, number, who took it"),
                intents: [.serveLetters(to: rows[...], of: rows.count, context)]),
        ]
        if rows.count == 1, shown.count > 1 {
            items.append(
                Item(
                    label: Label("打印列出的 \(shown.count) 户", en: "Print all \(shown.count)"),
                    doc: Label("现在列出的各户", en: "of all households listed now"),
                    intents: [.printLetters(to: shown, context)]))
        }
        self.init(
            title: Line(context(Label("催缴函 · \(whose)", en: "Letter · \(english)")), .title), items: items)
    }
}

extension Intent {
    /// Writes the letters to be printed. What is still blank, words that must not be used, and households with open requests
    /// are told first.
    fileprivate static func printLetters(to rows: [FeeList.Row], _ context: Context) -> Intent {
        let units = rows.map(\.unit).reduce(into: [UnitCode]()) { if !$0.contains($1) { $0.append($1) } }
        guard
            let document = try? DunningLetter(units: units).document(
                of: context.estate, at: context.now, context.language)
        else { return .none }
        let requests = units.filter { !context.estate.requests.open(of: $0).isEmpty }
        let names = requests.prefix(4).map(\.text).joined(separator: "、")
        let blanks = DunningLetter.blanks(in: context.estate)
        let warnings = [
            blanks.isEmpty
                ? nil
                : Label(
                    "函里还空着：\(blanks.map(\.chinese).joined(separator: "、"))，在手册 collecting.json 的 letter 里填",
                    en:
                        "still blank: \(blanks.map(\.english).joined(separator: ", ")); letter in the handbook's collecting.json"
                ),
            DunningLetter.warning(in: context.estate).map {
                Label("函里有不能用的话。\($0)", en: "the letter names what is never a way to collect")
            },
            requests.isEmpty
                ? nil
                : Label(
                    "\(requests.count) 户有未办结的工单，先处理：\(names)\(requests.count > 4 ? " 等" : "")",
                    en: "\(requests.count) have open requests: \(names)\(requests.count > 4 ? " and more" : "")"),
        ].compactMap { $0 }
        let save = Intent.effect(.save(document))
        return warnings.isEmpty
            ? save
            : .confirm(
                Label("打印 \(document.sheets.count) 张催缴函？", en: "Print \(document.sheets.count) letters?"),
                about: warnings, yes: Label("仍然打印", en: "print"), save)
    }

    /// The form for the delivery of the first letter, then those of the others.
    fileprivate static func serveLetters(to rows: ArraySlice<FeeList.Row>, of count: Int, _ context: Context) -> Intent
    {
        guard let row = rows.first else { return .none }
        let rest = rows.dropFirst()
        let place = count == 1 ? "" : " \(count - rest.count)/\(count)"
        let (what, whose) = (ServeLetter.label, "\(row.unit.text) \(row.owner ?? "")")
        let fixed: [String: any FieldValue] =
            row.account.isPresent ? ["unit": row.unit] : ["unit": row.unit, "former": true]
        return .form(
            ServeLetter.self, fixed: fixed,
            title: Label("\(what.chinese)\(place) · \(whose)", en: "\(what.english)\(place) · \(whose)"),
            then: [.pane(.unmark(row.account.id), name: FeeList.name)]
                + (rest.isEmpty ? [] : [serveLetters(to: rest, of: count, context)]))
    }
}
