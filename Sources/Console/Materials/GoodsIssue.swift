import Estate
import Screen

extension ListSource {
    /// Issues goods to the request that the selected row is, whose cost they become.
    static func issueGoods(to request: @escaping @Sendable (Row) -> Request) -> Command {
        rowCommand(
            "\(name).materials", Label("领料", en: "Issue goods"),
            doc: Label("给这张工单领料，成本记在工单上", en: "issue goods to the request, whose cost they are"),
            keys: [.control("r")], priority: 3, action: IssueStock.self
        ) { row, _ in
            let request = request(row)
            return .form(
                IssueStock.self, fixed: ["request": request.id],
                title: Label(
                    "领料 · \(request.unit.text) \(request.text)", en: "Materials · \(request.unit.text) \(request.text)")
            )
        }
    }
}
