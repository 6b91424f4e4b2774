import Estate
import Screen

extension Command {
    /// Imports a file: offered to who may do what one of the kinds of files has.
    static let importing = Command(
        "import", Label("导入", en: "Import"),
        doc: Label(
            "房号、住户、车辆、账单、收款：从 .xlsx 或 CSV，先检查再导入", en: "units, residents, bills… from .xlsx or CSV, checked first"),
        keys: [], priority: 0,
        disabledReason: { _, context in
            let reasons = Estate.imports.map { context.disabledReason($0.action) }
            return reasons.contains { $0 == nil } ? nil : reasons.first ?? nil
        },
        run: { _, context in .open(ImportLayer(context)) })
}

extension Session {
    /// Changes the layer of the import, open or parked; `false` if there is none.
    @discardableResult
    private mutating func changeImport(_ body: (inout ImportLayer) -> Void) -> Bool {
        func change(_ layers: inout [any Layer]) -> Bool {
            for index in layers.indices.reversed() {
                guard var layer = layers[index] as? ImportLayer else { continue }
                body(&layer)
                layers[index] = layer
                return true
            }
            return false
        }
        if change(&layers) { return true }
        for index in parked.indices.reversed() where change(&parked[index].layers) { return true }
        return false
    }

    mutating func importBegan(_ job: ImportJob) { changeImport { $0.began(job) } }

    mutating func importProgressed(_ share: Double) { changeImport { $0.progress(share) } }

    /// Shows what came of an import's step; on the status bar if its layer is gone.
    mutating func importFinished(_ result: Result<ImportJob.Outcome, Refusal>, _ context: Context) {
        switch result {
        case .success(let outcome):
            let isShown = changeImport { $0.finished(outcome, context) }
            switch outcome {
            case .imported(_, let result):
                let rows = result.imported.grouped
                say(context(Label("已导入 \(rows) 行", en: "\(rows) rows were imported")), context)
            case .stopped: say(context(Label("已停止，一行也没有导入", en: "stopped; no row was imported")), context)
            case .refused where !isShown, .repeated where !isShown:
                say(context(Label("有的行有误，没有导入", en: "some rows are bad; nothing was imported")), isError: true, context)
            default: break
            }
        case .failure(let refusal):
            changeImport { $0.failed(context) }
            say(context(refusal.message), isError: true, context)
        }
    }
}
