"""Weights for tiny random models, wide enough that each of them matters."""

import torch
from torch import nn

NORMS = (nn.BatchNorm2d, nn.LayerNorm)


def randomise(model, seed):
    """Every parameter and buffer away from its initial value; activations of unit size."""
    generator = torch.Generator().manual_seed(seed)

    def noise(tensor):
        return torch.randn(tensor.shape, generator=generator)

    with torch.no_grad():
        for module in model.modules():
            for name, parameter in module.named_parameters(recurse=False):
                if isinstance(module, NORMS):
                    parameter.copy_((name == "weight") + 0.3 * noise(parameter))
                elif parameter.dim() <= 1:
                    parameter.copy_(0.3 * noise(parameter))
                else:
                    parameter.copy_(1.4 * noise(parameter) * parameter[0].numel() ** -0.5)
            if isinstance(module, nn.BatchNorm2d):
                module.running_mean.copy_(0.3 * noise(module.running_mean))
                module.running_var.copy_(0.5 + torch.rand(module.running_var.shape, generator=generator))
                module.num_batches_tracked.fill_(7)
