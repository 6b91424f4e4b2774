import Journal

/// 《回访记录》: the sheet that goes along on a return visit and is signed there (section 3), or tells of one that was made.
public struct VisitSheet: Report {
    public static let name = "visitsheet"
    public static let label = Label("回访记录", en: "Return-visit sheet")
    public static let timeKey: String? = "due"
    /// One visit, made or not; without it all that somebody has to make by a day.
    var followup: Ref<FollowUp>?
    /// Today unless said.
    var until: Day?

    public struct Row: Record {
        public var visit = FollowUpsView.Row()
        /// The owner, or whoever else lives there.
        public var resident: String?
        /// Masked.
        public var phone: String?
        public var opened = Moment.placeholder
        public var completed: Moment?
        public var quality: String?
        public var effect: String?
        public var satisfaction: Int?
        public var shortcomings: String?
        public var suggestions: String?
        public var signer: String?
        public var paper: String?
        public var unsigned: String?

        public init() {}

        public mutating func fields(_ visitor: inout some FieldVisitor) throws {
            try visit.fields(&visitor)
            try visitor.field("resident", &resident, Label("业主", en: "Resident"))
            try visitor.field("phone", &phone, Label("电话", en: "Phone"))
            try visitor.field("opened", &opened, Label("受理", en: "Opened"))
            try visitor.field("completed", &completed, Label("完成", en: "Completed"))
            try visitor.field("quality", &quality, Label("质量", en: "Quality"))
            try visitor.field("effect", &effect, Label("效果", en: "Effect"))
            try visitor.field("satisfaction", &satisfaction, Label("满意度", en: "Satisfaction"))
            try visitor.field("shortcomings", &shortcomings, Label("不足", en: "Shortcomings"))
            try visitor.field("suggestions", &suggestions, Label("建议", en: "Suggestions"))
            try visitor.field("signer", &signer, Label("业主签名", en: "Signed by"))
            try visitor.field("paper", &paper, Label("纸质签名编号", en: "Signed paper"))
            try visitor.field("unsigned", &unsigned, Label("拒签原因", en: "Why not signed"))
        }
    }

    public init() {}

    public init(followup: Ref<FollowUp>) { self.followup = followup }

    public mutating func fields(_ visitor: inout some FieldVisitor) throws {
        try visitor.field("followup", &followup, Label("回访", en: "Return visit"))
        try visitor.field("until", &until, Label("到期不晚于", en: "Due by"))
    }

    public func rows(of estate: Estate, at moment: Moment) throws -> [Row] {
        let all = estate.followUps
        if let followup {
            guard let known = all[followup] else { throw followup.unknown.about("followup") }
            return [Row(known, in: estate, at: moment)]
        }
        let until = until ?? Day(asOf: moment, in: estate.zone)
        return all.pending.compactMap { all[$0] }.filter { $0.due <= until }
            .sorted { ($0.due, $0.unit) < ($1.due, $1.unit) }.map { Row($0, in: estate, at: moment) }
    }
}

extension VisitSheet.Row {
    init(_ followUp: FollowUp, in estate: Estate, at moment: Moment) {
        visit = FollowUpsView.Row(followUp, in: estate, at: moment)
        let residents = estate.people.residents(of: followUp.unit)
        let resident = residents.first { $0.role == .owner } ?? residents.first
        (self.resident, phone) = (resident?.name, resident?.phone?.masked)
        if let request = estate.requests[followUp.request] {
            (opened, completed) = (request.opened, request.completed)
        }
        let report = followUp.visit
        (quality, effect, satisfaction) = (report?.quality, report?.effect, report?.satisfaction)
        (shortcomings, suggestions) = (report?.shortcomings, report?.suggestions)
        (signer, paper, unsigned) = (report?.signer, report?.paper, report?.unsigned)
    }
}
