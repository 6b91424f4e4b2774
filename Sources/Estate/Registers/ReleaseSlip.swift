import Journal

/// The slip with which goods leave the estate (放行条), to be shown at the gate.
public struct ReleaseSlip: Report {
    public static let name = "release"
    public static let label = Label("放行条", en: "Release slip")
    var entry = Ref<RegisterEntry>.placeholder

    public static var columns: [ViewColumn<Self>] {
        columns(of: RegistersView.self)
    }

    public init() {}

    public init(entry: Ref<RegisterEntry>) { self.entry = entry }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("entry", &entry, .entry)
    }

    public static func isCovered(_ filters: [String: String], by window: RetentionWindow) -> Bool { false }

    /// Throws ``Refusal`` `entry.unknown`, or `register.goods` for an entry of another register.
    public func subjects(in context: ViewContext) throws -> [RegisterEntry] {
        let known = try context.estate.registers.known(entry)
        guard known.register == .goods else {
            throw Refusal(.rule, "register.goods", "只有放行条可以打印", en: "only slips for goods are printed", field: "entry")
        }
        return [known]
    }
}

extension ReleaseSlip {
    public static func document(of rows: [Row], in estate: Estate, at moment: Moment, _ language: Language) -> Document
    {
        Document(
            name: rows.first.map { "\(name)-\(Day($0.since, in: estate.zone).text)-\($0.id.id.text.suffix(4))" }
                ?? name,
            title: label[language], language: language,
            sheets: rows.map { sheet(of: $0.subject, in: estate, at: moment, language) }, empty: "")
    }

    private static func sheet(
        of entry: RegisterEntry, in estate: Estate, at moment: Moment, _ language: Language
    ) -> Sheet {
        func word(_ chinese: String, _ english: String) -> String { language == .chinese ? chinese : english }
        func clock(_ moment: Moment) -> String { moment.display(zone: estate.zone, language: language) }
        let missing = entry.lacksOwner ? word("没有业主的话，已报主管", "missing: the supervisor was told") : nil
        let witness = entry.witness.value.flatMap { $0 } ?? missing
        return Sheet(
            heading: "\(estate.name) \(label[language])", number: clock(entry.since),
            blocks: [
                .entries([
                    .init(word("房号", "Unit"), entry.unit?.text), .init(word("申请人", "Asked by"), entry.who.text),
                    .init(word("有效期", "Valid until"), entry.due?.text ?? "—"),
                    .init(word("开具人", "Made out by"), estate.staff.name(of: entry.by)),
                    .init(
                        word("业主确认", "Owner's word"), witness ?? word("本人或不需要", "own goods, or not needed"),
                        isWide: true),
                ]),
                .table([word("物品", "What"), word("件数", "Pieces")], [[entry.what, "\(entry.count)"]]),
                .choices(
                    word("门岗核对", "Checked at the gate"),
                    [
                        .init(word("件数相符", "the count agrees"), isTicked: false),
                        .init(word("不符", "it differs"), isTicked: false, hasRoom: true),
                    ]),
                .entries([
                    .init(word("放行时刻", "Left at"), entry.closing.map { clock($0.at) }),
                    .init(word("放行人", "Let out by"), entry.closing.map { estate.staff.name(of: $0.by) }),
                    .init(word("申请人签名", "Signature"), nil), .init(word("搬运人、车牌", "Carrier and plate"), nil),
                ]),
            ],
            foot: word(
                "只对清单和大件，不翻包、不搜身。打印于 \(clock(moment))", "Only the list is checked, never bags. Printed \(clock(moment))"
            ))
    }
}
