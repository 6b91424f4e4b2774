import Handbook
import Journal

/// The store of materials (物资, section 6): ledger, card and goods agree.
public struct Materials: Sendable {
    public internal(set) var items = EntityTable<StockItem>()
    public internal(set) var receipts = EntityTable<StockReceipt>()
    public internal(set) var issues = EntityTable<StockIssue>()
    public internal(set) var loans = EntityTable<StockLoan>()
    public internal(set) var plans = EntityTable<StockPlan>()
    public internal(set) var asks = EntityTable<StockAsk>()
    public internal(set) var counts = EntityTable<StockCount>()
    public private(set) var movements: [StockMovement] = []
    /// The node whose stock it is, as an index into ``Nodes/all``: the one with the first item, or the last that took
    /// over. `nil` before the first item.
    var owner: Int?
    private var byNumber: [String: Ref<StockItem>] = [:]
    private var issuesByRequest: [Ref<Request>: [Ref<StockIssue>]] = [:]
    private var issuesByItem: [Ref<StockItem>: [Ref<StockIssue>]] = [:]
    private var plansByItem: [Ref<StockItem>: [Ref<StockPlan>]] = [:]
    /// The indices of the movements of each item.
    private var movementsByItem: [Ref<StockItem>: [Int]] = [:]

    /// The item with a number or, where only one has it, a name.
    public func item(_ number: StockNumber) -> StockItem? {
        if let id = byNumber[number.text] { return items[id] }
        let named = items.values.filter { $0.name.uppercased() == number.text }
        return named.count == 1 ? named[0] : nil
    }

    public func item(_ id: EntryID) -> StockItem? { items[Ref(id)] }

    /// The same. Throws ``Refusal`` `stock.unknown`.
    func known(_ number: StockNumber, _ field: String = "sku") throws -> StockItem {
        guard let item = item(number) else {
            throw Refusal(
                .rule, "stock.unknown", "没有这种物资：\(number.text)", en: "there is no such item: \(number.text)",
                field: field)
        }
        return item
    }

    /// `角阀 DN15 2 个`
    func words(_ item: Ref<StockItem>, _ quantity: StockQuantity) -> String {
        items[item].map { "\($0.name) \($0.amount(quantity))" } ?? quantity.text
    }

    /// What was issued to a request, in order.
    public func issues(to request: Ref<Request>) -> [StockIssue] {
        issuesByRequest[request]?.compactMap { issues[$0] } ?? []
    }

    /// What was issued of an item in a month, in the order of recording.
    private func issues(of item: Ref<StockItem>, in period: Period, _ zone: Zone) -> [StockIssue] {
        let (start, end) = (period.first.start(in: zone), period.last.end(in: zone))
        return issuesByItem[item]?.compactMap { issues[$0] }.filter { start <= $0.at && $0.at < end } ?? []
    }

    /// What was issued of an item in a month, less what came back and what was approved beyond the quota.
    func charged(to period: Period, of item: Ref<StockItem>, in zone: Zone) -> StockQuantity {
        let issued = issues(of: item, in: period, zone)
        return .sum(of: issued.map { max(0, $0.used.scaled - $0.excess.scaled) })
    }

    /// What was issued of an item in a month, less what came back.
    public func used(in period: Period, of item: Ref<StockItem>, _ zone: Zone) -> StockQuantity {
        .sum(of: issues(of: item, in: period, zone).map(\.used.scaled))
    }

    /// The purchase plans of an item, in order.
    func plans(of item: Ref<StockItem>) -> [StockPlan] { plansByItem[item]?.compactMap { plans[$0] } ?? [] }

    /// What of an item is ordered and still to come.
    public func coming(of item: Ref<StockItem>) -> StockQuantity {
        .sum(of: plans(of: item).filter { $0.state == .ordered }.map(\.outstanding.scaled))
    }

    /// The same with what is planned, approved or not.
    public func planned(of item: Ref<StockItem>) -> StockQuantity {
        .sum(of: plans(of: item).map(\.outstanding.scaled))
    }

    /// The lines of the account book of an item, in the order of recording.
    public func movements(of item: Ref<StockItem>) -> [StockMovement] {
        movementsByItem[item]?.map { movements[$0] } ?? []
    }

    // MARK: Changes by facts

    mutating func add(_ item: StockItem) {
        items.add(item)
        byNumber[item.number] = item.id
    }

    mutating func add(_ issue: StockIssue) {
        issues.add(issue)
        issuesByItem[issue.item, default: []].append(issue.id)
        if let request = issue.request { issuesByRequest[request, default: []].append(issue.id) }
    }

    mutating func add(_ plan: StockPlan) {
        plans.add(plan)
        plansByItem[plan.item, default: []].append(plan.id)
    }

    mutating func add(_ movement: StockMovement) {
        movementsByItem[movement.item, default: []].append(movements.count)
        movements.append(movement)
    }

    /// Posts an entry of an item's ledger; `nil` if it cannot be posted.
    mutating func post(_ entry: StockLedger.Entry, of item: Ref<StockItem>) -> StockLedger.Posting? {
        var posting: StockLedger.Posting?
        items.change(item) { posting = $0.ledger.post(entry) }
        return posting
    }

    /// Notes a movement for the account book, after it was posted.
    mutating func note(
        _ posting: StockLedger.Posting, of item: Ref<StockItem>, as what: StockMovementKind, by member: String,
        to: String? = nil, request: Ref<Request>? = nil, note: Label? = nil, counter: String? = nil
    ) {
        guard let known = items[item] else { return }
        add(
            StockMovement(
                id: Ref(posting.entry.id), item: item, what: what, quantity: SignedQuantity(scaled: posting.quantity),
                value: SignedAmount(Money(fen: posting.value)),
                issuedValue: SignedAmount(Money(fen: posting.issuedValue)), balance: known.onHand,
                balanceValue: known.value, to: to, request: request, note: note, at: posting.entry.at, by: member,
                counter: counter))
    }
}

/// What an entry of the account book is.
public enum StockMovementKind: String, NamedChoice {
    case opening, received, repriced, issued, returned, lent, back, damaged, lost, scrapped, surplus, shortage, moved

    public var label: Label {
        switch self {
        case .opening: Label("期初", en: "opening")
        case .received: Label("入库", en: "received")
        case .repriced: Label("改价", en: "price corrected")
        case .issued: Label("领用", en: "issued")
        case .returned: Label("退库", en: "returned")
        case .lent: Label("借出", en: "lent")
        case .back: Label("归还", en: "back")
        case .damaged: Label("借用损坏", en: "damaged on loan")
        case .lost: Label("借用丢失", en: "lost on loan")
        case .scrapped: Label("报废", en: "scrapped")
        case .surplus: Label("盘盈", en: "surplus")
        case .shortage: Label("盘亏", en: "shortage")
        case .moved: Label("移位", en: "moved")
        }
    }
}

/// A line of the account book (明细帐), in the order of recording.
public struct StockMovement: Sendable {
    public let id: Ref<JournalEntry>
    let item: Ref<StockItem>
    public let what: StockMovementKind
    /// Of the quantity on hand.
    public let quantity: SignedQuantity
    public let value: SignedAmount
    /// What goods that had left are worth more or less: by a price difference, by damage or loss on loan.
    public let issuedValue: SignedAmount
    public let balance: StockQuantity
    public let balanceValue: Money
    public let to: String?
    public let request: Ref<Request>?
    public let note: Label?
    public let at: Moment
    public let by: String
    /// Who counted, of the difference of a count.
    public internal(set) var counter: String?

    /// What a unit cost; `nil` where no quantity moved.
    public var price: Rate? {
        quantity.scaled == 0 ? nil : Rate(worth: abs(value.money.fen), quantity: abs(quantity.scaled))
    }
}

extension Materials: Feature {
    static let chapters: [any Chapter.Type] = [Handbook.Materials.self]
    static let actions: [any Action.Type] = [
        SetStockItem.self, ReceiveStock.self, RepriceStock.self, IssueStock.self, ReturnStock.self, LendStock.self,
        TakeBackStock.self, MoveStock.self, ScrapStock.self, PlanStock.self, OrderStock.self, AskStock.self,
        ApproveStock.self, NoteStockCard.self, CountStock.self, SettleStock.self, TakeOverStock.self,
    ]
    static let views: [any View.Type] = [
        StockView.self, MovementsView.self, LoansView.self, PurchasesView.self, AsksView.self, StocktakesView.self,
        ShortagesView.self,
    ]
    static let reports: [any Report.Type] = [
        StockSheet.self, StocktakeReport.self, StockValueReport.self, ConsumptionReport.self, StockWorkReport.self,
        PurchaseContract.self,
    ]
    static let entities: [any Entity.Type] = [
        StockItem.self, StockReceipt.self, StockIssue.self, StockLoan.self, StockPlan.self, StockAsk.self,
        StockCount.self,
    ]
    static let imports = [stockImport, countImport]
    static let duties = [shortageDuty, approvalDuty, countDuty]

    static let warnings = [
        "stock.min": Label("领后低于最低库存", en: "less is left than there should be at least"),
        "stock.counted": Label("刚盘过，数不一样：请核对", en: "it has just been counted, with another result"),
        "stock.unposted": Label("卡和物一致、与帐不同：先找没有入帐的单据", en: "card and goods agree: look for an unposted voucher first"),
        "stock.cardless": Label("没有抄卡片：只核对了帐和物", en: "without the card only ledger and goods were compared"),
        "stock.completed": .requestIsDone,
        "stock.exchange": Label("贵重件以旧换新：旧件编号入废品", en: "the old part is handed in and scrapped"),
    ]

    /// All items: what is on hand, lent and open follows from the whole of their ledgers.
    static func retainedIDs(in estate: Estate, _ window: RetentionWindow) -> [EntryID] {
        estate.materials.items.values.map(\.id.id)
    }

    static func isCovered(_ action: any Action, by window: RetentionWindow) -> Bool { true }

    static func expenseParts(in estate: Estate) -> [Int] { [estate.$materials] }

    /// What was issued to a request and has not come back.
    static func expenses(of record: EntryID, in estate: Estate) -> [Expense] {
        estate.materials.issues(to: Ref(record)).filter { $0.used.scaled > 0 }.map { issue in
            let goods = estate.materials.words(issue.item, issue.used)
            return Expense(what: Label("用料 \(goods)", en: "materials: \(goods)"), amount: issue.usedCost)
        }
    }
}
